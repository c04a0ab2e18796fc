"""Changes the order in which people are served: rules are moved up and down, and some may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.queue import FITS, OLDEST_CONTACT, USUAL_ORDER, rule_labels
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED, STRONG
from organiser_tui.words import _


class QueueOrder(Dialog[tuple[int, ...]]):
    """The order that is wanted, or None. What fits everybody stays last; what is promised cannot be left out."""

    HELP = _(
        "Whoever fits the first rule is served first; of several the one who was not contacted for the longest. "
        "The same order holds for every call list and every organiser."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "order.up",
        "order.down",
        "order.out",
        "order.usual",
        "order.save",
        "dialog.cancel",
    )
    DEFAULT_CSS = """
    QueueOrder #order-rules { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "bar(-1)", _("up"), id="order.bar-up", show=False, tooltip=_("The rule above")),
        Binding("down,j", "bar(1)", _("down"), id="order.bar-down", show=False, tooltip=_("The rule below")),
        Binding("shift+up,K", "move(-1)", _("earlier"), id="order.up", tooltip=_("The rule comes earlier")),
        Binding("shift+down,J", "move(1)", _("later"), id="order.down", tooltip=_("The rule comes later")),
        Binding("space", "leave_out", _("in or out"), id="order.out", tooltip=_("Leaves the rule out, or puts it in")),
        Binding("0", "usual", _("usual"), id="order.usual", tooltip=_("The order that every campaign begins with")),
        Binding("enter", "save", _("save"), id="order.save", tooltip=_("Serves by this order from now on")),
    ]

    def __init__(self, order: Sequence[int]) -> None:
        super().__init__(_("Who is next, on every list"))
        self._rules = [*order[:-1], *(rule for rule in FITS if rule not in order)]
        self._out = {rule for rule in FITS if rule not in order}
        self._at = 0

    def body(self) -> ComposeResult:
        yield Static(id="order-rules")

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        labels, lines, number = rule_labels(), [], 0
        for place, rule in enumerate(self._rules):
            number += rule not in self._out
            shown = " –" if rule in self._out else f"{number:>2}"
            text = Text.assemble(("▌" if place == self._at else " ", REACHED), (shown, f"bold {NOT_YET}"), "  ", end="")
            label = f"{labels[rule]}   {_('left out')}" if rule in self._out else labels[rule]
            lines.append(text.append(label, QUIET if rule in self._out else STRONG if place == self._at else ""))
        last = Text.assemble(" ", (f"{number + 1:>2}", f"bold {NOT_YET}"), "  ", (labels[OLDEST_CONTACT], QUIET))
        self.query_one("#order-rules", Static).update(Text("\n").join([*lines, last]))

    def action_bar(self, lines: int) -> None:
        self._at = max(0, min(self._at + lines, len(self._rules) - 1))
        self._draw()

    def action_move(self, lines: int) -> None:
        to = self._at + lines
        if 0 <= to < len(self._rules):
            self._rules.insert(to, self._rules.pop(self._at))
            self._at = to
            self._draw()

    def action_leave_out(self) -> None:
        rule = self._rules[self._at]
        if rule in FITS:
            self._out ^= {rule}
            self._draw()
        else:
            self.notify(_("What is promised is always served."), markup=False)

    def action_usual(self) -> None:
        self._rules, self._out = list(USUAL_ORDER[:-1]), set()
        self._draw()

    def action_save(self) -> None:
        self.dismiss((*(rule for rule in self._rules if rule not in self._out), OLDEST_CONTACT))
