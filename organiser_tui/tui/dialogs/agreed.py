"""What a meeting agreed on: a demand, mutual aid or education, who takes it on, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.demands import ActionDraft, ActionKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.store.agreed import agree_action
from organiser_tui.store.events import guests_of, others_found
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.drawing.demands import kind_label
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organiser_tui.store.campaign import Campaign

_SHOWN = 6


class AgreedForm(LineForm[int]):
    """The id of the action that was noted, or None. Enter goes from line to line, on the last one it saves."""

    HELP = _("What was agreed, who takes it on, and until when. Whoever was at the meeting is proposed by name.")
    FOOTER: ClassVar[Sequence[str]] = ("agreed-form.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="agreed-form.save", tooltip=_("Notes the action")),
    ]

    def __init__(self, store: Campaign, event_id: int) -> None:
        super().__init__(_("Agreed at the meeting"))
        self._store = store
        self._event_id = event_id
        self._now = store.wall_now()
        guests = guests_of(store, event_id)
        self._guests = sorted(guests, key=lambda guest: not guest.came)
        """Whoever came comes first."""

    def body(self) -> ComposeResult:
        kinds = [Offer(kind.value, kind_label(kind)) for kind in ActionKind]
        with FormLines(id="form-lines"):
            yield ChoiceLine(_("Kind"), ChoiceRow(kinds, kinds[0].value, id="agreed-kind-row"), id="agreed-kind")
            yield FormField(_("What"), id="agreed-what", placeholder=_("what is to be done"))
            yield FormField(_("Who"), id="agreed-who", words=self._names, check=self._who_read_back)
            yield FormField(
                *(_("Until"), ""), id="agreed-due", check=self._due_read_back, placeholder=_("such as fri, 12 dec, +7d")
            )
        yield Static(id="form-message")

    def _names(self, typed: str) -> Sequence[str]:
        words = fold(typed).split()
        fitting = [guest.name for guest in self._guests if all(word in fold(guest.name) for word in words)]
        fitting += [other.name for other in others_found(self._store, typed, [guest.id for guest in self._guests])]
        return list(dict.fromkeys(fitting))[:_SHOWN]

    def _who(self, text: str) -> int:
        """The id of the one person who is called that; raises OrganiserError where there is none, or several."""
        if not text:
            raise OrganiserError(_("Who takes it on? An action needs somebody who does it."))
        known = {guest.id: guest.name for guest in self._guests}
        others = {other.id: other.name for other in others_found(self._store, text, list(known))}
        # Whoever was invited is meant before somebody else of that name.
        for people in (known, others):
            fitting = [person for person, name in people.items() if fold(name) == fold(text)]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise OrganiserError(_("Several people are called “{name}”.").format(name=text[:60]))
        raise OrganiserError(_("Nobody in the file is called “{name}”.").format(name=text[:60]))

    def _who_read_back(self, text: str) -> str:
        self._who(text)
        return ""

    def _due(self, text: str) -> Moment:
        if not text:
            raise OrganiserError(_("Until when? An action needs a day."))
        try:
            return parse_moment(text, self._now, Direction.NEXT)
        except OrganiserError:  # the minutes of an old meeting are typed in late
            return parse_moment(text, self._now, Direction.LAST)

    def _due_read_back(self, text: str) -> str:
        return read_back(self._due(text), self._now.date())

    def saved(self) -> int:
        draft = ActionDraft(
            self._event_id,
            str(self.query_one("#agreed-kind", ChoiceLine).value),
            self.text("agreed-what"),
            self._who(self.text("agreed-who")),
            self._due(self.text("agreed-due")).day.isoformat(),
        )
        return agree_action(self._store, draft)
