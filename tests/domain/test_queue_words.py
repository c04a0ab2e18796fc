"""Why somebody is next, and why somebody cannot be called, in words."""

from __future__ import annotations

from datetime import date

import pytest

from organiser_tui.domain.queue import Served, because, blocked_label, rule_labels

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("served", "words"),
    [
        (Served(7, 1, "2026-11-19T18:00", "", ""), "call back agreed for Thu 19 Nov 18:00 (rule 1)"),
        (Served(7, 1, "2026-11-18", "asked for it", ""), "call back agreed for Wed 18 Nov: asked for it (rule 1)"),
        (Served(7, 2, "2026-11-19", "send the form", ""), "promised for Thu 19 Nov: send the form (rule 2)"),
        (Served(7, 2, "2027-01-12T18:00", "", ""), "promised for Tue 12 Jan 2027 18:00 (rule 2)"),
        (Served(7, 3, "", "Lipa", "2026-01-02"), "nobody at Lipa reached yet (rule 3)"),
        (Served(7, 4, "", "", ""), "isolated: knows no other assistant (rule 4)"),
        (Served(7, 5, "", "", "2026-01-02"), "undecided (rule 5)"),
        (Served(7, 6, "", "", "2026-01-02"), "last contact Fri 2 Jan (rule 6)"),
        (Served(7, 6, "", "", ""), "never contacted (rule 6)"),
    ],
)
def test_every_rule_says_why_in_one_line(served: Served, words: str) -> None:
    assert because(served, TODAY) == words


def test_the_numbered_order_has_six_lines() -> None:
    assert list(rule_labels()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "reason",
    ["claimed", "call back later", "cooldown", "no usable number", "outside hours", "needs organiser",
     "do not contact", "calls not safe", "position", "left the work", "deceased"],
)  # fmt: skip
def test_every_reason_that_blocks_has_its_word(reason: str) -> None:
    assert blocked_label(reason) == reason
