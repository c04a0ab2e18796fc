"""Changes what a call list is: its name and purpose, who is taken in, on which days and at which hours it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.call_lists import CallListRow, change_call_list
from organiser_tui.tui.dialogs.form_dialog import FormDialog, FormLines
from organiser_tui.tui.dialogs.person_reading import day_read_back, hour_read_back, read_day, read_hour
from organiser_tui.tui.safe import safe
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class ChangeList(FormDialog[bool]):
    """Whether the list was changed. Enter goes from line to line, ctrl+s saves."""

    HELP = _(
        "What the list is for and when it is called through. Nobody is taken off by a change here. With “take in” "
        "on yes, whoever has come to fit the filter is put on the list each time calling through it begins."
    )
    FOOTER: ClassVar[Sequence[str]] = ("change-list.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="change-list.save", tooltip=_("Saves the list as it stands here")),
    ]

    def __init__(self, store: Campaign, row: CallListRow) -> None:
        super().__init__(safe(_("Call list {name}").format(name=row.name)))
        self._store = store
        self._row = row
        self._now = store.wall_now()

    def body(self) -> ComposeResult:
        draft = self._row.draft
        with FormLines(id="form-lines"):
            yield FormField(_("Name"), draft.name, id="list-name")
            yield FormField(_("Purpose"), draft.purpose, id="list-purpose")
            yield FormField(_("Filter"), draft.filter_text, id="list-filter", check=self._filter_read_back)
            offers = [Offer(False, _("no")), Offer(True, _("yes, before calling"))]
            yield ChoiceLine(
                _("Take in"), ChoiceRow(offers, draft.refills, id="list-refills-row"), id="list-refills"
            )  # fmt: skip
            for name, label, day in (
                ("list-opens", _("First day"), draft.opens_on),
                ("list-closes", _("Last day"), draft.closes_on),
            ):
                yield FormField(label, day or "", id=name, check=self._day_read_back, placeholder=_("mon, 24.12., +2w"))
            for name, label, hour in (
                ("list-from", _("Calls from"), draft.hours_from),
                ("list-until", _("Calls until"), draft.hours_until),
            ):
                yield FormField(label, hour or "", id=name, check=hour_read_back, placeholder=_("17, 20:30"))
        yield Static(id="form-message")

    @staticmethod
    def _filter_read_back(text: str) -> str:
        parse_filter(text)
        return ""

    def _day_read_back(self, text: str) -> str:
        return day_read_back(text, self._now)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", FormField).value

    @property
    def _refills(self) -> Any:
        return self.query_one("#list-refills", ChoiceLine).value

    @property
    def touched(self) -> bool:
        draft = self._row.draft
        return (*(line.value for line in self.query(FormField)), self._refills) != (
            *(draft.name, draft.purpose, draft.filter_text, draft.opens_on or "", draft.closes_on or ""),
            *(draft.hours_from or "", draft.hours_until or "", draft.refills),
        )

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter: the next line; on the last one it saves."""
        event.stop()
        if event.input.id == "list-until-text":
            self.action_save()
        else:
            self.focus_next()

    @on(ChoiceRow.Done)
    def next_line(self, event: ChoiceRow.Done) -> None:
        """Enter on the choice: the next line."""
        event.stop()
        self.focus_next()

    def action_save(self) -> None:
        wrong = [field for field in self.query(FormField) if not field.settle()]
        if wrong:
            wrong[0].focus_field()
            count = ngettext("{n} line is not right yet.", "{n} lines are not right yet.", len(wrong))
            self.say(count.format(n=len(wrong)))
            return
        draft = CallListDraft(
            *(self._text("list-name"), self._text("list-purpose"), self._text("list-filter"), self._refills),
            *(read_day(self._text("list-opens"), self._now), read_day(self._text("list-closes"), self._now)),
            *(read_hour(self._text("list-from")), read_hour(self._text("list-until"))),
        )
        try:
            change_call_list(self._store, self._row.id, draft, self._row.draft)
        except OrganiserError as error:
            self.say(str(error))
            return
        self.dismiss(True)
