"""A new group: how it is called, where it belongs, and how often it meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.matching import provider_meant
from organiser_tui.store.meetings import GroupDraft, make_group
from organiser_tui.store.suggesting import providers_like
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.widgets.form_field import FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class NewGroup(LineForm[int]):
    """The id of the group that was made. Enter goes from line to line, on the last one it saves."""

    HELP = _("A group meets in its rhythm: its page proposes the next meeting, and whose turn it is to lead it.")
    FOOTER: ClassVar[Sequence[str]] = (
        "new-group.save",
        "complete.down",
        "complete.take",
        "dialog.cancel",
        "dialog.help",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("make it"), id="new-group.save", tooltip=_("Makes the group")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(_("New group"))
        self._store = store

    def body(self) -> ComposeResult:
        with FormLines(id="form-lines"):
            yield FormField(_("Name"), "", id="group-name")
            yield FormField(
                *(_("Provider"), ""), id="group-provider", check=self._provider_read_back, takes_only=True,
                words=lambda typed: providers_like(self._store, typed), placeholder=_("of its members, or empty"),
            )  # fmt: skip
            yield FormField(
                *(_("Every"), str(GroupDraft.rhythm_days or "")), id="group-rhythm", check=_rhythm_read_back,
                placeholder=_("so many days; empty for no rhythm"),
            )  # fmt: skip
        yield Static(id="form-message")

    def _provider_read_back(self, text: str) -> str:
        provider_meant(self._store, text)
        return ""

    def saved(self) -> int:
        provider, rhythm = provider_meant(self._store, self.text("group-provider")), _rhythm(self.text("group-rhythm"))
        return make_group(self._store, GroupDraft(self.text("group-name"), provider, None, rhythm))


def _rhythm(text: str) -> int | None:
    """How many days, None for an empty line; raises OrganiserError for what is no number."""
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise OrganiserError(_("“{text}” is no number of days.").format(text=text.strip()[:40]))
    return int(text[:9])


def _rhythm_read_back(text: str) -> str:
    _rhythm(text)
    return ""
