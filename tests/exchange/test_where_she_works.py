"""Where somebody works is one rule, however she came into the file: by hand and by list count the same by region."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.people import EmploymentDraft, PersonDraft, PhoneDraft
from organiser_tui.domain.phones import read_phone
from organiser_tui.exchange.call_sheet import call_sheet
from organiser_tui.exchange.fiction import fiction_ranges
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.sheets import write_sheet
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.entering import save_person
from organiser_tui.store.history import undo_last
from organiser_tui.store.listing import person_lines
from organiser_tui.store.person import person_card
from organiser_tui.store.providers import provider_board
from tests.exchange.conftest import BringIn
from tests.store.building import Builder, Clock, copied_campaign
from tests.store.test_figures import assert_figures_follow

PLACES = {"": None, "Muta": "081", "Kranj": "052", "Kranjska Gora": "053"}
SEATS: tuple[dict[str, Any], ...] = (
    {}, {"region": "SI034"}, {"municipality_code": "081"}, {"region": "SI042", "municipality_code": "081"},
)  # fmt: skip
PROVIDERS = ("Lipa", "Hrast", "Bukev")


class Told(NamedTuple):
    """One person: where she lives ('' unknown) and where she works (a provider not made before has no seat)."""

    home: str
    provider: str


PEOPLE = st.lists(st.builds(Told, st.sampled_from(list(PLACES)), st.sampled_from(PROVIDERS)), min_size=1, max_size=5)
SEATED = st.lists(st.sampled_from(SEATS), min_size=2, max_size=2)


def number(place: int) -> str:
    return f"041 000 {place:03}"


def by_hand(campaign: Campaign, people: list[Told]) -> None:
    for place, told in enumerate(people):
        phone = PhoneDraft(read_phone(number(place), "SI", fiction_ranges()))
        save_person(
            campaign,
            PersonDraft(
                f"Ana{place}", "Novak", (phone,), employments=(EmploymentDraft(told.provider),),
                municipality_code=PLACES[told.home],
            ),
        )  # fmt: skip


def by_list(campaign: Campaign, people: list[Told], folder: Path) -> None:
    rows = [f"Ana{n} Novak;{number(n)};{told.provider};{told.home}" for n, told in enumerate(people)]
    path = folder / "list.csv"
    path.write_text("\n".join(["Name;Phone;Provider;Place", *rows, ""]), encoding="utf-8")
    assert import_file(campaign, path).added == len(people)


def counted(campaign: Campaign) -> dict[str, Any]:
    """Everything that goes by region: the board, the lines of people, their cards."""
    ids = [row[0] for row in campaign.connection.execute("SELECT id FROM person WHERE gone_by IS NULL ORDER BY given")]
    cards = [person_card(campaign, person) for person in ids]
    board = provider_board(campaign, by_region=True)
    return {
        "board": sorted((row.name, row.region_code, row.known) for row in board if row.known),
        "lines": [sorted(line.regions) for line in person_lines(campaign, ids).values()],
        "cards": [[job.place for job in card.employments] for card in cards if card is not None],
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, seats=SEATED, moved_home=st.sampled_from(list(PLACES)), moved_seat=st.sampled_from(SEATS))
def test_by_hand_and_by_list_give_the_same_counts_by_region(
    templates: dict[str, Path], people: list[Told], seats: list[dict[str, Any]], moved_home: str,
    moved_seat: dict[str, Any],
) -> None:  # fmt: skip
    with ExitStack() as both:
        folder = Path(both.enter_context(TemporaryDirectory()))
        hand, listed = (both.enter_context(copied_campaign(templates["SI"], Clock())) for _n in range(2))
        for campaign in (hand, listed):
            for name, seat in zip(PROVIDERS, seats, strict=False):
                Builder(campaign).provider(name, **seat)
        by_hand(hand, people)
        by_list(listed, people, folder)
        assert counted(hand) == counted(listed)
        for change in (move_home, move_seat):
            for campaign in (hand, listed):
                change(campaign, moved_home, moved_seat)
                assert_figures_follow(campaign)
                assert faults_of(campaign) == []
            assert counted(hand) == counted(listed)


def move_home(campaign: Campaign, home: str, _seat: dict[str, Any]) -> None:
    first = campaign.connection.execute("SELECT id FROM person ORDER BY given LIMIT 1").fetchone()[0]
    Builder(campaign).change("person", first, municipality_code=PLACES[home], region_code=None)


def move_seat(campaign: Campaign, _home: str, seat: dict[str, Any]) -> None:
    lipa = campaign.connection.execute("SELECT id FROM provider WHERE name = 'Lipa'").fetchone()[0]
    fields = {"region_code": seat.get("region"), "municipality_code": seat.get("municipality_code")}
    Builder(campaign).change("provider", lipa, **fields)


def regions_of(campaign: Campaign, provider: int) -> Iterator[tuple[str, int]]:
    rows = campaign.connection.execute(
        "SELECT region_code, known FROM provider_figures WHERE provider_id = ? AND region_code <> '*' AND known",
        (provider,),
    )
    return iter(rows.fetchall())


def test_a_move_of_home_or_seat_moves_the_counts_in_the_same_deed(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Lipa", "SI034")
    person = build.person("Maja", lipa)
    assert list(regions_of(campaign, lipa)) == [("SI034", 1)]
    build.change("provider", lipa, region_code=None, municipality_code="081")
    assert list(regions_of(campaign, lipa)) == [("SI033", 1)]
    build.change("person", person, municipality_code="052")
    assert list(regions_of(campaign, lipa)) == [("SI042", 1)]
    job = campaign.connection.execute("SELECT id FROM employment").fetchone()[0]
    build.change("employment", job, region_code="SI041")
    assert list(regions_of(campaign, lipa)) == [("SI041", 1)]
    build.change("provider", lipa, municipality_code="052")
    assert list(regions_of(campaign, lipa)) == [("SI041", 1)]
    for region in ("SI041", "SI042", "SI033", "SI034"):  # the seat, then the job's own place, home, seat
        undo_last(campaign)
        assert list(regions_of(campaign, lipa)) == [(region, 1)]
        assert faults_of(campaign) == []


def test_the_regions_of_a_line_and_the_place_on_the_card_go_by_the_same_rule(
    campaign: Campaign, build: Builder, tmp_path: Path
) -> None:
    lipa = build.provider("Lipa", municipality_code="081")
    home, seat = build.person("Maja", lipa, municipality_code="052"), build.person("Eva", lipa)
    lines = person_lines(campaign, [home, seat])
    names = campaign.places.region_names
    assert (lines[home].regions, lines[seat].regions) == ((names["SI042"],), (names["SI033"],))
    places = [card.employments[0].place for card in (person_card(campaign, p) for p in (home, seat)) if card]
    assert places == ["Kranj", "Muta"]
    (row,) = provider_board(campaign)
    assert row.region == names["SI033"]  # of the municipality where it has its seat
    write_sheet(campaign, call_sheet(campaign, build.call_list(home, seat), "Evening"), tmp_path / "sheet.csv")
    sheet = (tmp_path / "sheet.csv").read_text(encoding="utf-8")
    assert ";Lipa;Kranj;" in sheet and ";Lipa;Muta;" in sheet


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Šumeči galeb, d.o.o.",
            "Šumeči galeb d. o. o.",
            "ŠUMEČI GALEB doo",
            "Sumeci galeb, d.o.o",
            "Šumeči-galeb d.o.o.",
        ),
        *("»Šumeči galeb« d.o.o.", '"Šumeči galeb" d.o.o.', '"Šumeči galeb d.o.o."', "Šumeči  galeb D.O.O."),
    ],
)
def test_a_provider_is_one_however_its_legal_form_is_written(
    campaign: Campaign, bring_in: BringIn, written: str
) -> None:
    """She came in once more, at a provider of its own that nobody had reached."""
    bring_in("Name;Provider\nAna Novak;Šumeči galeb d.o.o.\n")
    quoted = written.replace('"', '""')
    report = bring_in(f'Name;Provider\nAna Novak;"{quoted}"\n', "b.csv")
    assert (report.added, report.matched, report.providers_made) == (0, 1, [])


@pytest.mark.parametrize("written", ["Šumeči galeb", "Šumeči galeb s.p.", "Galeb d.o.o."])
def test_a_provider_with_another_legal_form_is_another(campaign: Campaign, bring_in: BringIn, written: str) -> None:
    bring_in("Name;Provider\nAna Novak;Šumeči galeb d.o.o.\n")
    assert bring_in(f"Name;Provider\nEva Kos;{written}\n", "b.csv").providers_made == [written]


def test_quotation_marks_around_a_part_of_a_name_stay(campaign: Campaign, bring_in: BringIn) -> None:
    """“Šumeči galeb« d.o.o.” stood on the board."""
    made = bring_in("Name;Provider\nAna Novak;»Šumeči galeb« d.o.o.\nEva Kos;»Lipa«\n").providers_made
    assert made == ["»Šumeči galeb« d.o.o.", "Lipa"]
