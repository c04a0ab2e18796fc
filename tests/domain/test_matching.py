"""Who a row of a list is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui import reference
from organiser_tui.domain import names
from organiser_tui.domain.folding import fold
from organiser_tui.domain.matching import Candidate, NameKey, who_is, written_ways
from organiser_tui.domain.said import EmploymentSaid, NumberSaid, PersonSaid

ANA = NameKey.of("Ana", "Novak", "")


def candidate(name: str, key: NameKey = ANA, **shared: bool) -> Candidate[str]:
    """Somebody who shares what is named with a row."""
    kinds = ("by_number", "by_address", "by_provider", "by_name_alone", "alike", "barred")
    return Candidate(name, key, name, *(shared.get(kind, False) for kind in kinds))


OTHER = NameKey.of("Bor", "Kos", "")


@pytest.mark.parametrize(
    ("candidates", "person", "question"),
    [
        ([], None, ""),
        ([candidate("a", by_number=True)], "a", ""),
        ([candidate("a", by_address=True)], "a", ""),
        ([candidate("a", by_provider=True)], "a", ""),
        ([candidate("a")], None, ""),
        ([candidate("a", by_number=True), candidate("b", by_provider=True)], "a", ""),
        ([candidate("a", by_number=True), candidate("b", OTHER, by_number=True)], "a", ""),
        ([candidate("a", OTHER, by_number=True)], None, "a has the same number"),
        ([candidate("a", OTHER, by_address=True)], None, ""),
        ([candidate("a", by_provider=True), candidate("b", by_provider=True)], None, "fits several people: a, b"),
        ([candidate("a", by_number=True), candidate("b", by_address=True)], None, "fits several"),
        ([candidate("a", barred=True)], None, "a must not be contacted"),
        ([candidate("a", OTHER, barred=True)], None, ""),
    ],
)
def test_who_a_row_is(candidates: Sequence[Candidate[str]], person: str | None, question: str) -> None:
    answer = who_is(ANA, "Ana Novak", candidates)
    assert answer.person == person
    assert question in answer.question
    assert bool(question) == bool(answer.question)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Ana", "Novak", ""), ("novak", "ANA", "dr."), True),
        (("Špela", "Žagar-Čuk", ""), ("spela", "zagar cuk", ""), True),
        (("Anne Marie", "Smith", ""), ("Anne", "Marie Smith", ""), True),
        (("Marija", "Horvat", ""), ("Marija", "Horvat", "ml."), False),
        (("Marija", "Horvat", "ml."), ("Marija", "Horvat", "dr.; ml"), True),
        (("J.", "Smith", ""), ("Jean", "Smith", ""), False),
    ],
)
def test_which_names_are_the_same(one: tuple[str, str, str], other: tuple[str, str, str], same: bool) -> None:
    assert (NameKey.of(*one) == NameKey.of(*other)) is same


def test_a_name_is_looked_up_with_either_part_first() -> None:
    assert set(written_ways("Špela", "Žagar")) == {"zagar spela", "spela zagar"}
    assert written_ways("Cher", "") == ("cher",)
    assert written_ways("Mohamed", "Mohamed") == ("mohamed mohamed",)
    assert written_ways("", "") == ("",)
    assert set(written_ways("so many words that nobody knows", "where to part them and what they mean")) == {
        "so many words that nobody knows where to part them and what they mean",
        "where to part them and what they mean so many words that nobody knows",
    }


def test_a_name_parted_elsewhere_is_looked_up_in_the_same_ways() -> None:
    ways = {written_ways(*parted) for parted in (("Fatima Zahra", "Bouhali"), ("Fatima", "Zahra Bouhali"))}
    assert len(ways) == 1
    assert set(written_ways("Ana-Marija", "Rus")) == set(written_ways("Ana Marija", "Rus"))


def draft(**said: object) -> PersonSaid:
    """A draft that says what is given."""
    made = PersonSaid()
    for name, value in said.items():
        setattr(made, name, value)
    return made


def test_what_is_empty_is_filled_and_the_rest_stays() -> None:
    known = draft(given="Ana", family="Novak", fields={"gender": "F"}, numbers=[NumberSaid("+1", "1", "", "")])
    said = draft(
        given="ana",
        family="NOVAK",
        fields={"gender": "M", "town": "Kranj"},
        numbers=[NumberSaid("+1", "01", "", ""), NumberSaid("+2", "2", "", "")],
        employments=[EmploymentSaid(7, "2020-01-01")],
    )
    assert known.add(said, overwrite=False)
    assert (known.given, known.fields) == ("Ana", {"gender": "F", "town": "Kranj"})
    assert [number.e164 for number in known.numbers] == ["+1", "+2"]
    assert not known.add(said, overwrite=False)
    assert known.add(said, overwrite=True)
    assert (known.given, known.fields["gender"]) == ("ana", "M")


def test_a_wish_not_to_be_contacted_is_only_ever_added_to() -> None:
    known = draft(barred="call")
    assert not known.add(draft(barred=""), overwrite=True)
    assert known.add(draft(barred="text"), overwrite=False)
    assert known.barred == "call,text"
    assert known.add(draft(barred="all"), overwrite=False)
    assert known.barred == "all"
    assert not known.add(draft(barred="call"), overwrite=True)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (("2020-06-01", "2020-12-31"), [("2010-01-01", "2012-01-01"), ("2020-06-01", "2020-12-31")]),
        ((None, "2009-01-01"), [("2010-01-01", "2012-01-01"), (None, "2009-01-01")]),
        (("2011-01-01", None), [("2010-01-01", "2012-01-01")]),
        ((None, None), [("2010-01-01", "2012-01-01")]),
    ],
)
def test_whoever_came_back_worked_there_twice(
    said: tuple[str | None, str | None], kept: list[tuple[str | None, str | None]]
) -> None:
    """The second time at a provider went without a word."""
    known = draft(employments=[EmploymentSaid(7, "2010-01-01", "2012-01-01", 5)])
    assert known.add(draft(employments=[EmploymentSaid(7, *said)]), overwrite=False) is (len(kept) > 1)
    assert [(one.from_day, one.to_day) for one in known.employments] == kept
    assert not known.add(draft(employments=[EmploymentSaid(7, *said)]), overwrite=False)


@given(given_name=st.text(max_size=12), family=st.text(max_size=12))
def test_a_name_is_compared_part_by_part_as_it_is_whole(given_name: str, family: str) -> None:
    assert NameKey.of(given_name, family, "") == NameKey.of(f"{given_name} {family}", "", "")


WORDS = st.one_of(
    st.sampled_from(
        ["Ana", "novak", "dr", "ml", "van", "Ben", "od", "abd", "Špela", "II", "Al", "MA", "ekon", "Ångström"]
    ),
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn"]), min_size=1, max_size=6),
)


@given(first=WORDS, second=WORDS)
def test_the_short_way_with_two_plain_words_is_the_long_way(first: str, second: str) -> None:
    known = reference.given_names("SI", fold)
    text = f"{first} {second}"
    short = names.split_name(text, known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "_two_plain_words", lambda _text, _known: None)
        assert names.split_name(text, known) == short
