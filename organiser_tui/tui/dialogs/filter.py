"""The question by whom the list of people is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult

from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.widgets.filter_field import FilterField
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class FilterDialog(Dialog[str]):
    """The filter as written ('' for everybody), or None. Arrows and enter alone are enough to write one."""

    HELP = _(
        "Down goes into the suggestions, enter puts one in; without a suggestion enter filters. "
        "signed:yes and not rating<=2 means both, or means either, brackets hold together."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("complete.take", "complete.down", "filter.kept", "filter.keep", "dialog.cancel"),
    )
    DEFAULT_CSS = """
    FilterDialog #dialog { width: 76; min-height: 14; }
    """

    def __init__(self, store: Campaign, text: str = "") -> None:
        super().__init__(_("Whom to show"))
        self._store = store
        self._first = text

    def body(self) -> ComposeResult:
        yield FilterField(self._store, self._first, id="filter")

    @on(FilterField.Taken)
    def take(self, event: FilterField.Taken) -> None:
        """The filter is understood and taken."""
        self.dismiss(event.text)
