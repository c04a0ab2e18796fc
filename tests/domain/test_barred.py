"""What is barred once somebody chooses in a form, and which contacts are a try of somebody."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from organiser_tui.domain.barred import channels_barred
from organiser_tui.domain.figures import Definitions, PersonFacts, place_of_work
from organiser_tui.domain.figures import person_figures as figures_of
from organiser_tui.domain.outcomes import ContactFact
from organiser_tui.domain.people import BarDraft, barred_as
from organiser_tui.domain.reach import reach_rows

EVERY, CALL, TEXT = BarDraft(None, 1), BarDraft("call", 2), BarDraft("text", 3)
NOON = 1_795_258_800  # 2026-11-21 12:00 in Ljubljana


@pytest.mark.parametrize(
    ("chosen", "held", "barred"),
    [
        ("", (CALL, EVERY), ()),
        ("all", (), (BarDraft(None),)),
        ("all", (CALL,), (CALL, BarDraft(None))),
        ("text", (EVERY, TEXT), (TEXT,)),
        ("text", (CALL,), (BarDraft("text"),)),
        ("call,text", (TEXT,), (TEXT, BarDraft("call"))),
    ],
)
def test_what_is_barred_once_it_is_chosen(
    chosen: str, held: tuple[BarDraft, ...], barred: tuple[BarDraft, ...]
) -> None:
    assert barred_as(chosen, held) == barred


def test_every_channel_is_one_row_without_a_channel() -> None:
    assert [channels_barred(word) for word in ("", "all", "call,text")] == [[], [None], ["call", "text"]]


def test_she_works_where_it_was_told_else_where_she_lives_else_where_the_provider_is() -> None:
    assert place_of_work("own", "home", "seat") == "own"
    assert place_of_work("", "home", "seat") == "home"
    assert place_of_work("", "", "seat") == "seat"
    assert place_of_work("", "", "") == ""


def facts(*contacts: ContactFact) -> PersonFacts:
    return PersonFacts(
        *("assistant", "worker", "", False, False, "", "", False, False, "+38641123456", ()),
        *(contacts, (), (), (), (), (), (), (), (), ()),
    )


def contact(effect: str, *, personal: bool, at: int = NOON) -> ContactFact:
    return ContactFact(at, "2026-11-21", effect, False, None, personal)


def figures(*contacts: ContactFact) -> tuple[int, int, int]:
    """How often she was tried, whether she was spoken with, until when she rests."""
    made = figures_of(facts(*contacts), "2026-11-22", ZoneInfo("Europe/Ljubljana"), Definitions())
    (row,) = reach_rows(facts(*contacts), "2026-11-22")
    assert (row.attempted, row.spoken_with) == (int(made.attempts > 0), made.spoken_with)
    return made.attempts, made.spoken_with, made.rests_until


def test_what_goes_out_to_many_is_a_try_of_nobody() -> None:
    assert figures(contact("left message", personal=False)) == (0, 0, 0)
    assert figures(contact("no answer", personal=False), contact("no answer", personal=False, at=NOON + 60))[0] == 0


def test_who_answers_what_went_out_to_many_was_tried_and_spoken_with() -> None:
    assert figures(contact("talked", personal=False)) == (1, 1, NOON + 24 * 3600)


def test_what_goes_out_to_many_does_not_end_the_rest_after_a_call() -> None:
    missed = contact("no answer", personal=True)
    alone = figures(missed)
    assert alone == (1, 0, NOON + 4 * 3600)
    assert figures(missed, contact("left message", personal=False, at=NOON + 60)) == alone
