"""A new event: what, when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.store.events import EventDraft, make_event
from organiser_tui.store.organisers import organisers
from organiser_tui.store.words import codes
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.drawing.labels import event_kind_label
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organiser_tui.store.campaign import Campaign


class NewEvent(LineForm[int]):
    """The id of the event that was made, or None. Enter goes from line to line, on the last one it saves."""

    HELP = _("An event to come, or one that was held: then the door on its page takes down who was there.")
    FOOTER: ClassVar[Sequence[str]] = ("new-event.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("make it"), id="new-event.save", tooltip=_("Makes the event")),
    ]

    def __init__(self, store: Campaign, proposed: EventDraft | None = None) -> None:
        """With `proposed` its lines stand there already: the next meeting of a group."""
        super().__init__(_("New event"))
        self._store = store
        self._proposed = proposed or EventDraft("", "", "", facilitator_id=store.organiser_id)
        self._organisers = {organiser.id: organiser.name for organiser in organisers(store)}
        self._now = store.wall_now()

    def body(self) -> ComposeResult:
        kinds = [Offer(code, event_kind_label(code)) for code in codes(self._store, "event_kind")]
        begun = self._proposed
        with FormLines(id="form-lines"):
            yield ChoiceLine(
                _("Kind"), ChoiceRow(kinds, begun.kind or kinds[0].value, id="event-kind-row"), id="event-kind"
            )
            yield FormField(_("Name"), begun.name, id="event-name")
            yield FormField(
                *(_("When"), begun.starts.replace("T", " ")), id="event-when", check=self._when_read_back,
                placeholder=_("such as sat 12 dec 11:00, last tue 18h"),
            )  # fmt: skip
            yield FormField(_("Place"), begun.place, id="event-place")
            yield FormField(
                *(_("Led by"), self._organisers.get(begun.facilitator_id or 0, "")), id="event-led-by",
                check=self._led_by_read_back, words=self._organisers_like, takes_only=True,
            )  # fmt: skip
            yield FormField(_("Room for"), "", id="event-room", check=_room_read_back, placeholder=_("how many people"))
        yield Static(id="form-message")

    def _organisers_like(self, typed: str) -> list[str]:
        return [name for name in self._organisers.values() if fold(name).startswith(fold(typed))]

    def _led_by(self, text: str) -> int | None:
        if not text.strip():
            return None
        found = [who for who, name in self._organisers.items() if fold(name) == fold(text.strip())]
        if not found:
            sentence = _("There is no organiser {name}. Organisers: {names}.")
            raise OrganiserError(sentence.format(name=text[:40], names=", ".join(self._organisers.values())))
        return found[0]

    def _led_by_read_back(self, text: str) -> str:
        self._led_by(text)
        return ""

    def _moment(self, text: str) -> Moment:
        if not text.strip():
            raise OrganiserError(_("An event needs a day: such as sat 12 dec 11:00."))
        try:
            return parse_moment(text, self._now, Direction.NEXT)
        except OrganiserError:  # it was held already: earlier today, yesterday, last week
            return parse_moment(text, self._now, Direction.LAST)

    def _when_read_back(self, text: str) -> str:
        return read_back(self._moment(text), self._now.date())

    def saved(self) -> int:
        return make_event(
            self._store,
            EventDraft(
                kind=str(self.query_one("#event-kind", ChoiceLine).value),
                name=self.text("event-name"),
                starts=self._moment(self.text("event-when")).wall,
                place=self.text("event-place"),
                capacity=_room(self.text("event-room")),
                facilitator_id=self._led_by(self.text("event-led-by")),
                group_id=self._proposed.group_id,
            ),
        )


def _room(text: str) -> int | None:
    """How many people there is room for, None for an empty line; raises OrganiserError for what is no number."""
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 1 <= int(text[:9]) <= 1_000_000:
        raise OrganiserError(_("“{text}” is no number of people.").format(text=text.strip()[:40]))
    return int(text)


def _room_read_back(text: str) -> str:
    _room(text)
    return ""
