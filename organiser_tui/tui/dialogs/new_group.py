"""A new group: how it is called, where it belongs, and how often it meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.matching import provider_called
from organiser_tui.store.meetings import GroupDraft, make_group
from organiser_tui.store.suggesting import providers_like
from organiser_tui.tui.dialogs.form_dialog import FormDialog, FormLines
from organiser_tui.tui.widgets.form_field import FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class NewGroup(FormDialog[int]):
    """The id of the group that was made. Enter goes from line to line, on the last one it saves."""

    HELP = _("A group meets in its rhythm: its page proposes the next meeting, and whose turn it is to lead it.")
    FOOTER: ClassVar[Sequence[str]] = ("new-group.save", "form.done", "dialog.cancel", "dialog.help")
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

    @property
    def touched(self) -> bool:
        return any(self._text(name) for name in ("group-name", "group-provider"))

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", FormField).value

    def _provider(self, text: str) -> int | None:
        if not text.strip():
            return None
        provider = provider_called(self._store, text)
        if provider is None:
            raise OrganiserError(_("There is no provider {name}.").format(name=text[:60]))
        return provider.id

    def _provider_read_back(self, text: str) -> str:
        self._provider(text)
        return ""

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter: the next line; on the last one it saves."""
        event.stop()
        if event.input.id == "group-rhythm-text":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        if not self.all_right():
            return
        try:
            draft = GroupDraft(
                self._text("group-name"), self._provider(self._text("group-provider")), None,
                _rhythm(self._text("group-rhythm")),
            )  # fmt: skip
            self.dismiss(make_group(self._store, draft))
        except OrganiserError as error:
            self.say(str(error))


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
