"""What else was heard in a call, in words. Nothing is asked or saved here."""

from __future__ import annotations

from organiser_tui.domain.heard import Heard
from organiser_tui.words import _


def heard_words(heard: Heard) -> str:
    """What stands there, in one line."""
    ties = {("colleague", False): _("knows {name}"), ("same shifts", False): _("same shifts as {name}"),
            ("follows", False): _("follows {name}"), ("follows", True): _("followed by {name}")}  # fmt: skip
    parts = [ties[tie.kind, tie.reverse].format(name=tie.name.split(" · ")[0]) for tie in heard.ties]
    if heard.knows_nobody:
        parts.append(_("knows nobody"))
    if heard.languages:
        parts.append(_("speaks {languages}").format(languages=", ".join(heard.languages)))
    if heard.skills:
        parts.append(_("can do {skills}").format(skills=", ".join(heard.skills)))
    if heard.for_next:
        parts.append(_("for the next: {words}").format(words=heard.for_next))
    if heard.agreed:
        parts.append(_("agreed: {words}").format(words=heard.agreed))
    return " · ".join(parts)
