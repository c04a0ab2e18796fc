"""The journal as a diary: what was done, in words."""

from __future__ import annotations

from organiser_tui.words import _


def deed_words(kind: str) -> str:
    """What kind of deed an action was."""
    return {
        "found": _("campaign made"),
        "demo": _("made-up campaign"),
        "add organiser": _("organiser entered"),
        "note languages": _("languages of an organiser"),
        "log contact": _("contact"),
        "make call list": _("call list made"),
        "import": _("list brought in"),
        "export": _("sheet written"),
        "add provider": _("provider entered"),
        "note stance": _("stance noted"),
        "estimate headcount": _("headcount estimated"),
        "log provider": _("provider's log"),
        "finish follow-up": _("follow-up done"),
        "remind form": _("form reminded"),
        "enter person": _("person entered"),
        "change person": _("person changed"),
        "undo": _("taken back"),
    }.get(kind, kind)
