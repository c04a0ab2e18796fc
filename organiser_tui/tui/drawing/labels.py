"""What the words of the program are called on screen; a word of the campaign's own is its own label."""

from __future__ import annotations

from organiser_tui.words import _


def role_label(role: str) -> str:
    """What an organiser does here."""
    return {"caller": _("caller"), "organiser": _("organiser"), "lead": _("lead")}.get(role, role)


def stance_labels() -> dict[str, str]:
    """How a provider stands to the union."""
    return {"helpful": _("helpful"), "neutral": _("neutral"), "hostile": _("hostile"), "unknown": _("unknown")}


def provider_kind_label(kind: str) -> str:
    """What a provider is."""
    labels = {
        "disability association": _("disability association"),
        "non-profit": _("non-profit"),
        "company": _("company"),
        "public": _("public"),
        "self-employed": _("self-employed"),
        "private employer": _("private employer"),
        "unknown": _("unknown"),
    }
    return labels.get(kind, kind)


def event_kind_label(kind: str) -> str:
    """What an event is."""
    labels = {
        "workshop": _("workshop"),
        "meeting": _("meeting"),
        "meet-up": _("meet-up"),
        "assembly": _("assembly"),
        "public act": _("public act"),
    }
    return labels.get(kind, kind)


def list_state_label(state: str) -> str:
    """Whether a call list is called."""
    return {"open": _("open"), "paused": _("paused"), "closed": _("closed")}.get(state, state)
