"""What management did to somebody: what, when, where, by whom, and who saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.demands import ReprisalDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.person import PersonCard
from organiser_tui.store.reprisals import log_reprisal
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.safe import safe
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organiser_tui.store.campaign import Campaign


class ReprisalForm(LineForm[int]):
    """The id of the reprisal that was noted, or None. Enter goes from line to line, on the last one it saves."""

    HELP = _(
        "What management did to her for what she said or joined. A call to her stands on Today at once and is due "
        "within 24 hours. What is noted here stands on her page alone: it is in no sheet, and nothing prints it."
    )
    FOOTER: ClassVar[Sequence[str]] = ("reprisal.save", "choice.next", "form.done", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="reprisal.save", tooltip=_("Notes it and puts a call on Today")),
    ]

    def __init__(self, store: Campaign, card: PersonCard) -> None:
        super().__init__(safe(_("Reprisal against {name}").format(name=card.name)))
        self._store = store
        self._card = card
        self._now = store.wall_now()

    def body(self) -> ComposeResult:
        today = self._now.date().isoformat()
        at = {line.provider_id: line.provider for line in self._card.employments if line.on(today)}
        places: list[Offer[int | None]] = [Offer(provider, name) for provider, name in at.items()]
        places.append(Offer(None, _("elsewhere")))
        with FormLines(id="form-lines"):
            yield FormField(_("What was done"), id="reprisal-what", placeholder=_("such as: shifts taken away"))
            yield FormField(_("When"), _("today"), id="reprisal-when", check=self._read_back)
            yield ChoiceLine(_("Where"), ChoiceRow(places, places[0].value, id="reprisal-at-row"), id="reprisal-at")
            yield FormField(_("By whom"), id="reprisal-by", placeholder=_("a name or a position"))
            yield FormField(_("Witnesses"), id="reprisal-seen", placeholder=_("names, divided by commas"))
        yield Static(id="form-message")

    def _moment(self, text: str) -> Moment:
        if not text:
            raise OrganiserError(_("When was it? Write for example today, yesterday, sat or 20.10."))
        return parse_moment(text, self._now, Direction.LAST)

    def _read_back(self, text: str) -> str:
        return read_back(self._moment(text), self._now.date())

    def saved(self) -> int:
        draft = ReprisalDraft(
            self._card.id,
            self.text("reprisal-what"),
            self._moment(self.text("reprisal-when")).day.isoformat(),
            by_whom=self.text("reprisal-by"),
            witnesses=tuple(self.text("reprisal-seen").split(",")),
            provider_id=self.query_one("#reprisal-at", ChoiceLine).value,
        )
        return log_reprisal(self._store, draft)
