"""What promises show: the words of the design, and the rules that hold whatever happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.promises import (
    AnswerFact,
    AskFact,
    AttendedFact,
    BroughtFact,
    CardFact,
    CountedOn,
    Deeds,
    Demands,
    EventFact,
    Shown,
    Standing,
    TaskFact,
    promises_of,
    what_was_kept,
    wilson_bound,
)
from organiser_tui.domain.signups import Signup, Stage, signup_of

TODAY = "2026-11-21"
WANTED = Demands()
ORDER = (CountedOn.WORDS_ONLY, CountedOn.UNTESTED, CountedOn.PARTLY, CountedOn.COUNTED_ON)


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=offset)).isoformat()


def yes(kind: str, on: str, **fields: object) -> AskFact:
    return AskFact(kind, on, (AnswerFact(on, "yes"),), **fields)  # type: ignore[arg-type]


def event(number: int, on: str, *, cancelled: bool = False, recorded: bool = True) -> EventFact:
    return EventFact(number, on, cancelled, recorded)


def deeds(*facts: object) -> Deeds:
    """Sorted into their kinds, as they come."""
    return Deeds(
        [fact for fact in facts if isinstance(fact, AskFact)],
        [fact for fact in facts if isinstance(fact, AttendedFact)],
        [fact for fact in facts if isinstance(fact, BroughtFact)],
        [fact for fact in facts if isinstance(fact, TaskFact)],
        [fact for fact in facts if isinstance(fact, CardFact)],
    )


def shown(*facts: object, today: str = TODAY) -> Shown:
    return what_was_kept(deeds(*facts), today, WANTED)


def came(number: int, on: str) -> AttendedFact:
    return AttendedFact(on, number, came=True, excused=False)


def task(due: int | None, ended: str = "", ended_on: int = 0) -> TaskFact:
    until = None if due is None else day(due)
    return TaskFact(day(-30), until, False, ended, day(ended_on) if ended else "")


def test_a_yes_that_was_kept_and_a_task_that_was_done_are_counted_on() -> None:
    made = shown(yes("come", day(-20), event=event(1, day(-10))), came(1, day(-10)), task(-3, "done", -4))
    assert (made.kept, made.due, made.unasked, made.counted) == (2, 2, 0, CountedOn.COUNTED_ON)


def test_two_meetings_without_a_task_are_not_enough() -> None:
    facts = [yes("come", day(-20), event=event(n, day(-10 + n))) for n in (1, 2, 3)]
    made = shown(*facts, *(came(n, day(-10 + n)) for n in (1, 2, 3)))
    assert (made.kept, made.due, made.counted) == (3, 3, CountedOn.PARTLY)


def test_two_words_that_came_to_nothing_are_words_only_and_one_is_not() -> None:
    assert shown(task(-1)).counted == CountedOn.PARTLY
    assert shown(task(-1), task(-2)).counted == CountedOn.WORDS_ONLY


def test_what_falls_due_today_can_still_be_kept_today() -> None:
    made = shown(task(0))
    assert (made.due, made.counted, made.turns_on) == (0, CountedOn.UNTESTED, day(1))
    assert shown(task(0), today=day(1)).due == 1


@pytest.mark.parametrize(
    "fact",
    [
        AskFact("come", day(-20), (AnswerFact(day(-20), "maybe"),), event=event(1, day(-10))),
        AskFact("come", day(-20), (), event=event(1, day(-10))),
        yes("come", day(-20), event=event(1, day(-10), cancelled=True)),
        yes("come", day(-20), event=event(1, day(-10), recorded=False)),
        yes("come", day(-20), event=event(1, day(10))),
        task(-4, "excused", -5),
        yes("pledge", day(-20), due=day(-2), ended="excused", ended_on=day(-3)),
        yes("take a task", day(-20), due=day(-2)),
        yes("pledge", day(-20)),
    ],
)
def test_what_counts_neither_way(fact: object) -> None:
    made = shown(fact)
    assert (made.kept, made.due, made.counted) == (0, 0, CountedOn.UNTESTED)


def test_who_says_in_time_that_she_cannot_come_has_kept_her_word_no_less() -> None:
    def answered(when: str) -> AskFact:
        answers = (AnswerFact(day(-20), "yes"), AnswerFact(when, "no"))
        return AskFact("come", day(-20), answers, event=event(1, day(-10)))

    assert shown(answered(day(-12))).due == 0
    assert shown(answered(day(-9))).due == 1, "the day after is no notice"


def test_a_card_after_a_yes_is_due_in_two_weeks_or_when_it_was_agreed() -> None:
    said = yes("sign", day(-20))
    assert shown(said).due == 0, "no form went out: that is not hers"
    assert shown(said, CardFact("form out", day(-19), None)).due == 1
    assert shown(said, CardFact("form out", day(-9), None)).due == 0, "the form went out late"
    assert shown(said, CardFact("form out", day(-19), day(3))).due == 0
    made = shown(said, CardFact("form out", day(-19), None), CardFact("signed", day(-2), None))
    assert (made.kept, made.due) == (1, 1)
    made = shown(yes("sign", day(-40)), yes("sign", day(-20)), CardFact("form out", day(-19), None))
    assert made.due == 1, "who says yes again has promised once"


def test_who_was_brought_along_is_a_promise_kept_or_a_deed_nobody_asked_for() -> None:
    brought = BroughtFact(day(-10), 1)
    made = shown(yes("bring someone", day(-20), event=event(1, day(-10))), brought)
    assert (made.kept, made.unasked) == (1, 0)
    made = shown(came(1, day(-10)), brought)
    assert (made.kept, made.unasked, made.counted) == (0, 2, CountedOn.UNTESTED)


def test_what_was_kept_more_than_a_year_ago_no_longer_makes_her_one_to_count_on() -> None:
    facts = (task(-5, "done", -365), task(-5, "done", -3))
    made = shown(*facts)
    assert (made.counted, made.turns_on) == (CountedOn.COUNTED_ON, day(1))
    assert shown(*facts, today=day(1)).counted == CountedOn.PARTLY


def test_small_evidence_weighs_little() -> None:
    assert wilson_bound(0, 0) == 0
    assert wilson_bound(1, 1) < wilson_bound(7, 9) < wilson_bound(70, 90) < 1_000_000
    assert wilson_bound(7, 9) == 452583


FACTS = st.lists(
    st.one_of(
        st.builds(
            task, st.one_of(st.none(), st.integers(-400, 30)), st.sampled_from(("", "done", "late", "not done")),
            st.integers(-400, 0),
        ),
        st.builds(
            lambda number, on, recorded: yes("come", day(-410), event=event(number, day(on), recorded=recorded)),
            st.integers(1, 9), st.integers(-400, 30), st.booleans(),
        ),
        st.builds(lambda number, on: came(number, day(on)), st.integers(1, 9), st.integers(-400, 0)),
        st.builds(lambda due: yes("pledge", day(-410), due=day(due)), st.integers(-400, 30)),
    ),
    max_size=8,
)  # fmt: skip


@given(FACTS)
def test_who_has_promised_nothing_that_was_due_is_never_words_only(facts: list[object]) -> None:
    made = shown(*facts)
    settled = [p for p in promises_of(deeds(*facts), TODAY, WANTED) if p.standing in (Standing.KEPT, Standing.NOT_KEPT)]
    assert (made.due == 0) == (made.counted == CountedOn.UNTESTED) == (not settled)
    assert all(p.due < TODAY for p in settled if p.standing is Standing.NOT_KEPT and p.what != "task")
    assert made.kept <= made.due


@given(FACTS, st.integers(-400, 0))
def test_a_promise_kept_never_lowers_anyone(facts: list[object], when: int) -> None:
    before, after = shown(*facts), shown(*facts, task(when, "done", when))
    assert ORDER.index(CountedOn(after.counted)) >= ORDER.index(CountedOn(before.counted))
    assert after.bound >= before.bound


@given(FACTS, st.integers(1, 400))
def test_nothing_turns_before_the_day_that_is_told(facts: list[object], ahead: int) -> None:
    now = shown(*facts)
    then = day(ahead) if now.turns_on is None else min(day(ahead), day_before(now.turns_on))
    if then > TODAY:
        assert shown(*facts, today=then) == now


def day_before(text: str) -> str:
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("asks", "cards", "stands"),
    [
        ((), (), (Stage.NOT_ASKED, "")),
        ((AskFact("sign", day(-9)),), (), (Stage.ASKED, day(-9))),
        ((yes("sign", day(-9)),), (), (Stage.SAID_YES, day(-9))),
        ((), (CardFact("form out", day(-8), None),), (Stage.FORM_OUT, day(-8))),
        ((AskFact("sign", day(-9), (AnswerFact(day(-2), "no"),)),), (), (Stage.DECLINED, day(-2))),
        (
            (AskFact("sign", day(-9), (AnswerFact(day(-9), "yes"), AnswerFact(day(-2), "no"))),),
            (CardFact("form out", day(-8), None),),
            (Stage.DECLINED, day(-2)),
        ),
        (
            (AskFact("sign", day(-9), (AnswerFact(day(-8), "yes"), AnswerFact(day(-8), "no"))),),
            (CardFact("form out", day(-8), None),),
            (Stage.DECLINED, day(-8)),
        ),
        ((yes("sign", day(-9)),), (CardFact("none", day(-3), None),), (Stage.DECLINED, day(-3))),
        ((yes("come", day(-9)),), (CardFact("on file", day(-3), None),), (Stage.ON_FILE, day(-3))),
    ],
)
def test_where_somebody_stands(
    asks: tuple[AskFact, ...], cards: tuple[CardFact, ...], stands: tuple[Stage, str]
) -> None:
    assert signup_of(asks, cards, may_be_asked=True) == Signup(stands[0].value, stands[1])


def test_one_person_brought_along_keeps_one_promise() -> None:
    """Two times she said she would bring someone, and one who came along kept both."""
    said = [yes("bring someone", day(-20), due=day(-2)), yes("bring someone", day(-19), due=day(-9))]
    made = shown(*said, BroughtFact(day(-10), 1))
    assert (made.kept, made.due) == (1, 2)
    kept = [one.due for one in promises_of(deeds(*said, BroughtFact(day(-10), 1)), TODAY, WANTED)
            if one.standing is Standing.KEPT]  # fmt: skip
    assert kept == [day(-9)], "the one that falls due first"
    assert shown(*said, BroughtFact(day(-10), 1), BroughtFact(day(-5), 2)).kept == 2


def test_another_yes_does_not_make_good_a_card_that_never_came() -> None:
    """Whoever was asked once more after her two weeks had passed had a clean record again."""
    form, again = CardFact("form out", day(-40), None), yes("sign", day(-5), due=day(10))
    assert shown(yes("sign", day(-40)), form, again).due == 1
    agreed_in_time = CardFact("form out", day(-30), day(3))
    assert shown(yes("sign", day(-40)), form, agreed_in_time).due == 0
    assert shown(yes("sign", day(-40)), form, again, CardFact("signed", day(-1), None)).kept == 1


def test_a_task_for_an_event_that_was_called_off_counts_neither_way() -> None:
    """The part of the programme she was to write was held against her, though there was no evening."""
    assert shown(TaskFact(day(-30), day(-3), True, "", "")).due == 0
    assert shown(TaskFact(day(-30), day(-3), True, "done", day(-4))).kept == 1
