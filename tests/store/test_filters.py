"""Filters against the plainest reading of what they mean: Python over the rows, on made-up campaigns."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organiser_tui.domain.filters import FIELD, FIELDS, All, Filter, Kind, Not, Words, parse_filter
from organiser_tui.domain.filters import Any as AnyOf
from organiser_tui.domain.filters import Test as FieldTest
from organiser_tui.domain.folding import fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.filters import condition_of
from organiser_tui.store.people import PeopleQuery, count_people, people_ids
from tests.store.building import Builder, Clock, copied_campaign

NAMES = ("Žužek", "Novak", "Čuk", "Nóvak-Kos", "Novakovič")
PROVIDERS = ("Društvo Lipa", "Lipa Maribor", "Zarja", "Žarek")
TAGS = ("nočna", "steward", "50%_off")
TODAY = date(2026, 11, 19)


class Known(NamedTuple):
    """What brute force needs of one person, read from the rows that were written."""

    names: str
    number: str | None
    now_at: tuple[str, ...]
    once_at: tuple[str, ...]
    tags: tuple[str, ...]
    card: str
    rating: int | None
    contact_days: tuple[int, ...]
    issues: tuple[str, ...]
    notes: tuple[str, ...]
    barred: bool
    leader: bool
    position: str


def populated(campaign: Campaign, seed: int) -> dict[int, Known]:
    """Twenty-five people with all that is asked for below."""
    random, build = Random(seed), Builder(campaign)
    providers = {name: build.provider(name) for name in PROVIDERS}
    people = {}
    for _number in range(25):
        names = (random.choice(("Ana", "Špela", "Novak")), random.choice(NAMES))
        number = f"+38641{random.randrange(10**6):06}" if random.random() < 0.8 else None
        fields: dict[str, Any] = {
            "barred": random.choice(("", "", "text")),
            "leader": random.randrange(2),
            "position": random.choice(("worker", "manager")),
        }
        now_at = tuple(random.sample(PROVIDERS, random.randrange(3)))
        left = tuple(random.sample(PROVIDERS, random.randrange(2)))
        person = build.person(names[0], *(providers[n] for n in now_at), phone=number, family=names[1], **fields)
        for name in left:
            build.employment(person, providers[name], end="2026-01-01")
        tags = tuple(random.sample(TAGS, random.randrange(3)))
        for tag in tags:
            build.insert("tag", person_id=person, tag=tag)
        card = random.choice(("none", "form out", "on file"))
        if card != "none":
            build.card(person, card, "2026-10-01")
        days = tuple(sorted(random.sample(range(0, 200, 3), random.randrange(3)), reverse=True))
        issues: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        rating = None
        for days_ago in days:
            issue = random.choice(((), ("pay",), ("pay", "schedules")))
            note = random.choice(("", "zasluži premalo", "noče več"))
            given = random.choice((None, 1, 3, 5))
            when = (TODAY - timedelta(days=days_ago)).isoformat()
            build.call(person, "talked", day=when, issues=issue, note=note, rating=given)
            issues, notes, rating = issues + issue, (*notes, note), given or rating
        people[person] = Known(
            fold(f"{names[1]} {names[0]}"), number, now_at, (*now_at, *left), tags, card, rating, days, issues, notes,
            bool(fields["barred"]), bool(fields["leader"]), str(fields["position"]),
        )  # fmt: skip
    return people


def among(value: str, words: tuple[str, ...]) -> bool:
    return any(fold(value) in fold(word) for word in words)


def compared(sign: str, held: int, wanted: int) -> bool:
    return {
        ":": held == wanted, "!=": held == wanted, "<": held < wanted, "<=": held <= wanted,
        ">": held > wanted, ">=": held >= wanted,
    }[sign]  # fmt: skip


def numbered(test: FieldTest, held: int | None, *, missing_counts_as_more: bool) -> bool:
    if test.value == "none":
        return held is None
    if held is None:
        return missing_counts_as_more and test.operator in (">", ">=")
    return compared(test.operator, held, int(test.value))


def test_holds(test: FieldTest, one: Known) -> bool:
    yes = test.value == "yes"
    last = one.contact_days[-1] if one.contact_days else None
    found: dict[str, Any] = {
        "provider": lambda: among(test.value, one.now_at),
        "worked-at": lambda: among(test.value, one.once_at),
        "tag": lambda: among(test.value, one.tags),
        "issue": lambda: among(test.value, one.issues),
        "note": lambda: among(test.value, tuple(note for note in one.notes if note)),
        "name": lambda: fold(test.value) in one.names,
        "card": lambda: one.card == test.value,
        "position": lambda: one.position == test.value,
        "rating": lambda: numbered(test, one.rating, missing_counts_as_more=False),
        "last-contact": lambda: numbered(test, last, missing_counts_as_more=True),
        "attempts": lambda: (
            numbered(test, len(one.contact_days) or None, missing_counts_as_more=False)
            if test.value == "none"
            else compared(test.operator, len(one.contact_days), int(test.value))
        ),
        "has-phone": lambda: (one.number is not None) == yes,
        "do-not-contact": lambda: one.barred == yes,
        "leader": lambda: one.leader == yes,
    }
    holds = bool(found[test.field.name]())
    return not holds if test.operator == "!=" else holds


test_holds.__test__ = False  # type: ignore[attr-defined]


def holds(asked: Filter, one: Known) -> bool:
    match asked:
        case Words(text):
            beginnings = one.names.split() + fold(" ".join(one.now_at)).split()
            digits = one.number.removeprefix("+") if one.number else ""
            beginnings += [digits, digits.removeprefix("386"), "0" + digits.removeprefix("386")] if digits else []
            return all(any(word.startswith(term) for word in beginnings) for term in fold(text).split())
        case Not(inner):
            return not holds(inner, one)
        case All(parts):
            return all(holds(part, one) for part in parts)
        case AnyOf(parts):
            return any(holds(part, one) for part in parts)
        case FieldTest():
            return test_holds(asked, one)


def one_test(name: str, values: tuple[str, ...], signs: tuple[str, ...] = (":", "!=")) -> st.SearchStrategy[Filter]:
    return st.builds(FieldTest, st.just(FIELD[name]), st.sampled_from(signs), st.sampled_from(values))


NUMBER_SIGNS = (":", "!=", "<", "<=", ">", ">=")
TESTS = st.one_of(
    one_test("provider", ("lipa", "ŽAREK", "nosuch")),
    one_test("worked-at", ("zarja", "Maribor")),
    one_test("tag", ("nocna", "stew", "%", "_")),
    one_test("issue", ("pay", "sched")),
    one_test("note", ("zasluzi", "več")),
    one_test("name", ("novak", "uz", "kos")),
    one_test("card", ("none", "form out", "on file")),
    one_test("position", ("worker", "manager")),
    one_test("rating", ("1", "3", "5"), NUMBER_SIGNS),
    one_test("rating", ("none",)),
    one_test("last-contact", ("0", "30", "90", "999999"), NUMBER_SIGNS),
    one_test("last-contact", ("none",)),
    one_test("attempts", ("0", "1", "2"), NUMBER_SIGNS),
    one_test("has-phone", ("yes", "no")),
    one_test("do-not-contact", ("yes", "no")),
    one_test("leader", ("yes", "no")),
    st.builds(Words, st.sampled_from(("nov", "zuzek", "ana nov", "041", "386", "lip", "kos", "xyz"))),
)
FILTERS: st.SearchStrategy[Filter] = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def written(asked: Filter) -> str:
    """A filter as people write it, every part of it in brackets."""
    match asked:
        case Words(text):
            return text
        case FieldTest(field, operator, value):
            return f'{field.name}{operator}"{value}"'
        case Not(inner):
            return f"not ({written(inner)})"
        case All(parts):
            return " and ".join(f"({written(part)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({written(part)})" for part in parts)


@pytest.fixture(scope="module")
def known(template: Path) -> Any:
    """Two made-up campaigns with what is known of their people."""
    with copied_campaign(template, Clock()) as one, copied_campaign(template, Clock()) as two:
        yield [(one, populated(one, 1)), (two, populated(two, 2))]


@settings(max_examples=200, deadline=None)
@given(asked=FILTERS)
def test_a_filter_finds_exactly_those_of_whom_it_holds(
    known: list[tuple[Campaign, dict[int, Known]]], asked: Filter
) -> None:
    text = written(asked)
    for campaign, people in known:
        query = PeopleQuery(parse_filter(text))
        found = set(chain.from_iterable(people_ids(campaign, query)))
        assert found == {person for person, one in people.items() if holds(asked, one)}, text
        assert count_people(campaign, query) == len(found)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_can_be_asked_and_its_contrary_finds_the_others(
    known: list[tuple[Campaign, dict[int, Known]]], field: Any
) -> None:
    value = {Kind.FLAG: "yes", Kind.NUMBER: "1", Kind.DAYS: "30"}.get(field.kind, "a")
    value = field.choices[0] if field.kind is Kind.CHOICE else value
    campaign, people = known[0]
    asked = parse_filter(f'{field.name}:"{value}"')
    sql, values = condition_of(campaign, asked)
    assert sql.count("?") == len(values)
    both = [
        set(chain.from_iterable(people_ids(campaign, PeopleQuery(part)))) for part in (asked, Not(asked or Words("")))
    ]
    assert both[0] | both[1] == set(people) and not both[0] & both[1]


def test_a_kind_of_provider_is_asked_as_it_is_written(campaign: Campaign, build: Builder) -> None:
    lipa, zarja = build.provider("Lipa", kind="non-profit"), build.provider("Zarja", kind="company")
    person = build.person("Ana", lipa)
    build.person("Maja", zarja)
    query = PeopleQuery(parse_filter('provider-kind:"non-profit"'))
    assert list(chain.from_iterable(people_ids(campaign, query))) == [person]
