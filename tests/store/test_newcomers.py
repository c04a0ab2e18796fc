"""What is told of people who come in with a list is what would be read of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.said import EmploymentSaid, NumberSaid, PersonSaid
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.imports import Newcomers
from organiser_tui.store.kept import Folded, folded_of
from tests.store.building import Builder, Clock, copied_campaign
from tests.store.test_figures import assert_figures_follow

DEAD = "+38641000001"


class Said(NamedTuple):
    """What a list says of one person."""

    numbers: list[tuple[str | None, str]]
    addresses: list[str]
    wrong_addresses: list[str]
    employments: list[tuple[int, str | None, str | None]]
    fields: dict[str, Any]
    barred: str
    rating: int | None
    card: str


PEOPLE = st.lists(
    st.builds(
        Said,
        st.lists(
            st.tuples(st.sampled_from([None, DEAD, "+38641000002", "+38640123456"]), st.sampled_from(["", "work"])),
            max_size=3,
        ),
        st.lists(st.sampled_from(["a@example.org", "b@example.org"]), unique=True),
        st.lists(st.sampled_from(["darja@"]), unique=True),
        st.lists(
            st.tuples(st.integers(0, 1), st.sampled_from([None, "2024-01-01", "2026-12-24"]), st.none()),
            max_size=3,
        ),
        st.fixed_dictionaries(
            {},
            optional={
                "work": st.sampled_from(["assistant", "other"]),
                "position": st.sampled_from(["worker", "owner"]),
                "deceased": st.just(1),
                "municipality_code": st.sampled_from(["081", "052"]),
                "region_code": st.sampled_from(["SI034", "SI041"]),
                "place": st.just("Nikjer"),
                "next_note": st.just("zvečer"),
            },
        ),
        st.sampled_from(["", "call", "call,e-mail", "all"]),
        st.sampled_from([None, 2]),
        st.sampled_from(["", "on file"]),
    ),
    min_size=1,
    max_size=4,
)


def drafts_of(campaign: Campaign, said: list[Said], providers: list[int]) -> list[PersonSaid]:
    """The people, with ids of their own."""
    drafts = []
    for number, one in enumerate(said):
        draft = PersonSaid()
        draft.id, draft.given, draft.family = campaign.ids.one(), "Maja", f"Novak-{number}"
        draft.numbers = [NumberSaid(e164, e164 or "041 12a", "", kind) for e164, kind in one.numbers]
        draft.addresses, draft.wrong_addresses = list(one.addresses), list(one.wrong_addresses)
        draft.employments = [EmploymentSaid(providers[place], start, end) for place, start, end in one.employments]
        draft.fields, draft.barred = dict(one.fields), one.barred
        draft.rating, draft.card = one.rating, one.card
        drafts.append(draft)
    return drafts


@given(PEOPLE, st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_told_of_newcomers_is_what_would_be_read(template: Path, said: list[Said], beforehand: bool) -> None:
    with copied_campaign(template, Clock()) as campaign:
        build = Builder(campaign)
        providers = [build.provider("Lipa", "SI042"), build.provider("Hrast")]
        build.phone(build.person(), DEAD, standing="disconnected")
        drafts = drafts_of(campaign, said, providers)
        folded = {draft.id: folded_by_hand(draft, campaign.language) for draft in drafts if beforehand}
        with campaign.write(DeedKind.IMPORT) as deed:
            newcomers = Newcomers("list.csv")
            for lot in (drafts[:1], drafts[1:]):  # what is worked out for one lot is taken over in the next
                newcomers.add(deed, lot, folded, {})
        assert faults_of(campaign) == []
        assert_figures_follow(campaign)


def folded_by_hand(draft: PersonSaid, language: str) -> Folded:
    """As the reader of a list gives it."""
    numbers = tuple([number.e164 for number in draft.numbers if number.e164])
    return folded_of(
        (draft.family, draft.given, draft.extra), numbers, (*draft.addresses, *draft.wrong_addresses), language
    )


def test_what_happens_to_a_newcomer_in_the_same_deed_counts(campaign: Campaign, build: Builder) -> None:
    provider = build.provider("Lipa", "SI042")
    (draft,) = drafts_of(campaign, [Said([], [], [], [], {}, "", None, "")], [])
    with campaign.write(DeedKind.IMPORT) as deed:
        Newcomers("list.csv").add(deed, [draft], {}, {})
        deed.insert("employment", person_id=draft.id, provider_id=provider)
    assert_figures_follow(campaign)
    assert faults_of(campaign) == []
