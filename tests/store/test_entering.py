"""People entered and changed in one deed: which rows stay, which end, which are made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.people import BarDraft, EmploymentDraft, PersonDraft, PhoneDraft
from organiser_tui.domain.phones import PhoneRead
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.entering import alike, save_person
from organiser_tui.store.history import undo_last
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.person_history import FieldChange, history_of
from organiser_tui.store.providers import add_provider
from organiser_tui.store.suggesting import provider_named
from tests.store.building import Builder, every_row, kept_figures

MUTA = "081"


def number(e164: str | None, kind: str = "", written: str = "") -> PhoneDraft:
    return PhoneDraft(PhoneRead(e164, "", written or e164 or "", "no number"), kind)


def card_of(campaign: Campaign, person: int) -> PersonCard:
    card = person_card(campaign, person)
    assert card is not None
    return card


def rows(campaign: Campaign, table: str, columns: str, person: int, *, key: str = "person_id") -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = campaign.connection.execute(
        f"SELECT {columns} FROM {table} WHERE {key} = ? AND gone_by IS NULL ORDER BY id", (person,)
    ).fetchall()
    return found


def test_a_person_with_everything_in_one_deed(campaign: Campaign) -> None:
    actions = campaign.connection.execute("SELECT count(*) FROM action").fetchone()[0]
    draft = PersonDraft(
        given=" Špela ",
        family="Žagar-Čuk",
        phones=(number("+38641123456", "mobile"), number("+38612345678", "work")),
        emails=("s@lipa.example",),
        employments=(EmploymentDraft("Lipa", "2021-03-01"), EmploymentDraft("lipa maribor")),
        place="za gozdom",
        languages=("sl", "bs"),
        tags=("nočna",),
        leave_message=0,
        call_from="17:00",
        bars=(BarDraft("text"),),
        safe_channels=("Email", "call"),
        leader=True,
        next_note="asks about shifts",
    )
    person = save_person(campaign, draft)
    card = card_of(campaign, person)
    assert (card.given, card.family, card.place) == ("Špela", "Žagar-Čuk", "za gozdom")
    assert [(p.e164, p.kind) for p in card.phones] == [("+38641123456", "mobile"), ("+38612345678", "work")]
    assert {e.provider: e.from_day for e in card.employments} == {"Lipa": "2021-03-01", "lipa maribor": None}
    assert (card.languages, card.tags, card.leader, card.activist) == (("sl", "bs"), ("nočna",), 1, 0)
    assert (card.leave_message, card.name_union, card.call_from) == (0, None, "17:00")
    assert (card.do_not_contact, card.safe_channels) == ("text", ("e-mail", "call"))
    assert campaign.connection.execute("SELECT count(*) FROM action").fetchone()[0] == actions + 1


def test_what_was_entered_about_a_person_is_all_on_her_card(campaign: Campaign) -> None:
    draft = PersonDraft(
        given="Eva",
        extra="mag.",
        street="Kidričeva 4",
        postal_code="2000",
        town="Maribor",
        work="neighbouring service",
        which_work="home help",
        left_work_on="2026-01-31",
        skills=("driving", "sewing"),
        heard_through="meeting",
        call_language="sq",
        external=(("Old database", "17"), ("Old database", "18")),
        custom=(("Shoe size", "42"), ("Allergy", "none")),
    )
    person = save_person(campaign, draft)
    card = card_of(campaign, person)
    assert (card.extra, card.street, card.postal_code, card.town) == ("mag.", "Kidričeva 4", "2000", "Maribor")
    assert (card.which_work, card.left_work_on, card.heard_through) == ("home help", "2026-01-31", "meeting")
    assert (card.skills, card.call_language) == (("driving", "sewing"), "sq")
    assert card.external == (("Old database", "17"), ("Old database", "18"))
    assert [(held.name, held.value) for held in card.custom] == [("Allergy", "none"), ("Shoe size", "42")]


def test_own_fields_and_ids_are_changed_ended_and_taken_back(campaign: Campaign) -> None:
    draft = PersonDraft("Eva", external=(("Old", "17"),), custom=(("Shoe size", "42"), ("Allergy", "none")))
    person = save_person(campaign, draft)
    before = card_of(campaign, person)
    save_person(campaign, PersonDraft("Eva", external=(("New", "3"),), custom=(("shoe size", "43"),)), person, draft)
    card = card_of(campaign, person)
    assert (card.external, [(held.name, held.value) for held in card.custom]) == (
        (("New", "3"),),
        [("Shoe size", "43")],
    )
    assert campaign.connection.execute("SELECT count(*) FROM custom_field").fetchone() == (2,)
    undo_last(campaign)
    assert card_of(campaign, person) == before


def test_the_region_follows_the_municipality_of_the_person_and_nothing_is_copied_to_her_work(
    campaign: Campaign,
) -> None:
    code, region = campaign.connection.execute("SELECT code, region_code FROM municipality LIMIT 1").fetchone()
    other, other_region = campaign.connection.execute(
        "SELECT code, region_code FROM municipality WHERE region_code <> ? LIMIT 1", (region,)
    ).fetchone()
    draft = PersonDraft("Ana", "Kos", employments=(EmploymentDraft("Lipa"),), municipality_code=code)
    person = save_person(campaign, draft)
    counted = "SELECT region_code FROM reach WHERE person_id = ? AND known = 1"
    assert card_of(campaign, person).region_code == region
    assert campaign.connection.execute(counted, (person,)).fetchall() == [(region,)]
    held = EmploymentDraft("Lipa", id=rows(campaign, "employment", "id", person)[0][0])
    moved = PersonDraft("Ana", "Kos", employments=(held,), municipality_code=other)
    was = replace(draft, employments=(held,))
    save_person(campaign, moved, person, was)
    assert card_of(campaign, person).region_code == other_region
    assert campaign.connection.execute(counted, (person,)).fetchall() == [(other_region,)]
    assert rows(campaign, "employment", "municipality_code, region_code", person) == [(None, None)]
    save_person(campaign, PersonDraft("Ana", "Kos", employments=(held,), place="drugje"), person, moved)
    assert card_of(campaign, person).municipality_code == ""


def test_a_job_whose_provider_was_wrong_counts_where_the_right_one_is(campaign: Campaign, build: Builder) -> None:
    """It stayed in the region that was told of it at the other provider."""
    build.provider("Lipa", "SI034")
    build.provider("Breza", "SI041")
    person = save_person(campaign, PersonDraft("Ana", "Kos", employments=(EmploymentDraft("Lipa"),)))
    ((row,),) = rows(campaign, "employment", "id", person)
    told = {"region_code": "SI034", "municipality_code": MUTA, "place": "za gozdom"}
    build.change("employment", row, **told)
    was = PersonDraft("Ana", "Kos", employments=(EmploymentDraft("Lipa", id=row),))
    place = "region_code, municipality_code, place"
    counted = "SELECT v.name, r.region_code FROM reach r JOIN provider v ON v.id = r.provider_id WHERE r.person_id = ?"
    later = replace(was, employments=(EmploymentDraft("Lipa", "2020-01-01", id=row),))
    save_person(campaign, later, person, was)
    assert rows(campaign, "employment", place, person) == [tuple(told.values())]
    save_person(campaign, replace(was, employments=(EmploymentDraft("Breza", "2020-01-01", id=row),)), person, later)
    assert rows(campaign, "employment", place, person) == [(None, None, "")]
    assert campaign.connection.execute(counted, (person,)).fetchall() == [("Breza", "SI041")]
    undo_last(campaign)
    assert rows(campaign, "employment", place, person) == [tuple(told.values())]
    assert campaign.connection.execute(counted, (person,)).fetchall() == [("Lipa", "SI034")]


def test_rows_that_stay_are_kept_others_end_and_new_ones_are_made(campaign: Campaign) -> None:
    was = PersonDraft("Ana", "Kos", (number("+38641123456"), number("+38631222333")), ("a@b.si", "c@d.si"))
    person = save_person(campaign, was)
    (first,), (second,) = rows(campaign, "phone", "id", person)
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.change("phone", second, standing="good")
    phones = (number("+38631222333", "work"), number("+38651999888"))
    save_person(campaign, PersonDraft("Ana", "Kos", phones, ("c@d.si",), tags=("steward",)), person, was)
    held = rows(campaign, "phone", "id, e164, kind, position, standing", person)
    assert held[0] == (second, "+38631222333", "work", 1, "good")
    assert held[1][1:] == ("+38651999888", "", 2, None)
    ended = campaign.connection.execute("SELECT gone_by FROM phone WHERE id = ?", (first,)).fetchone()[0]
    assert campaign.connection.execute("SELECT kind FROM action WHERE id = ?", (ended,)).fetchone() == (
        "change person",
    )
    assert rows(campaign, "email", "address", person) == [("c@d.si",)]


def test_the_same_draft_twice_writes_nothing(campaign: Campaign, build: Builder) -> None:
    draft = PersonDraft("Ana", "Kos", (number("+38641123456"),), ("a@b.si",), (EmploymentDraft("Lipa", "2020-01-01"),))
    person = save_person(campaign, draft)
    held = EmploymentDraft("Lipa", "2020-01-01", id=rows(campaign, "employment", "id", person)[0][0])
    before = every_row(campaign)
    shown = PersonDraft("Ana", "Kos", draft.phones, draft.emails, (held,))
    save_person(campaign, shown, person, shown)
    assert every_row(campaign) == before


def test_undo_of_a_change_brings_back_every_row_and_figure(campaign: Campaign, build: Builder) -> None:
    was = PersonDraft("Ana", "Kos", (number("+38641123456"),), tags=("a",))
    person = save_person(campaign, was)
    before, figures = card_of(campaign, person), kept_figures(campaign)
    changed = PersonDraft("Eva", "Zajc", (number("+38631222333"),), employments=(EmploymentDraft("Nov"),), tags=("b",))
    save_person(campaign, changed, person, was)
    assert card_of(campaign, person).name == "Eva Zajc"
    undone = undo_last(campaign)
    assert undone.person_id == person
    assert card_of(campaign, person) == before
    assert kept_figures(campaign) == figures


def test_a_number_that_is_none_may_stay_where_it_is_kept_but_not_come_in(campaign: Campaign, build: Builder) -> None:
    person = build.person("Ana", phone=None, family="Kos")
    build.phone(person, None, written="pri Janezu")
    save_person(
        campaign,
        PersonDraft("Ana", "Kos Zajc", (number(None, written="pri Janezu"),)),
        person,
        PersonDraft("Ana", "Kos"),
    )
    assert rows(campaign, "phone", "e164, written", person) == [(None, "pri Janezu")]
    with pytest.raises(OrganiserError, match="pri Micki: no number"):
        save_person(campaign, PersonDraft("Ana", "Kos", (number(None, written="pri Micki"),)), person)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (PersonDraft(given=" ", family="\u202e"), "needs a name"),
        (PersonDraft("Ana", employments=(EmploymentDraft(" "),)), "name of the provider"),
        (PersonDraft("Ana", employments=(EmploymentDraft("Lipa", "2021-02-01", "2021-01-01"),)), "cannot end before"),
    ],
)
def test_a_draft_that_does_not_hold_together_is_refused_whole(
    campaign: Campaign, draft: PersonDraft, sentence: str
) -> None:
    before = every_row(campaign)
    with pytest.raises(OrganiserError, match=sentence):
        save_person(campaign, draft)
    assert every_row(campaign) == before


def test_somebody_who_is_gone_meanwhile_is_not_changed(campaign: Campaign, build: Builder) -> None:
    person = build.person("Ana", family="Kos")
    build.end("person", person)
    with pytest.raises(OrganiserError, match="no longer in the file"):
        save_person(campaign, PersonDraft("Ana", "Kos"), person)


def test_a_provider_is_known_by_its_name_however_it_is_written(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Društvo Žarek")
    person = save_person(campaign, PersonDraft("Ana", employments=(EmploymentDraft("drustvo zarek"),)))
    assert rows(campaign, "employment", "provider_id", person) == [(lipa,)]


@pytest.mark.parametrize("written", ["Dom d. o. o.", "DOM DOO", "dom, d.o.o."])
def test_a_provider_is_known_by_its_name_however_its_legal_form_is_written(
    campaign: Campaign, build: Builder, written: str
) -> None:
    """By hand it was another provider than the one of a list, and what was reached there stood in two rows."""
    dom = build.provider("Dom d.o.o.")
    person = save_person(campaign, PersonDraft("Ana", employments=(EmploymentDraft(written),)))
    assert rows(campaign, "employment", "provider_id", person) == [(dom,)]
    assert provider_named(campaign, written) == "Dom d.o.o."
    with pytest.raises(OrganiserError, match="is a provider named Dom"):
        add_provider(campaign, written)
    assert provider_named(campaign, "Dom") is None


def test_who_may_be_the_same_person(campaign: Campaign, build: Builder) -> None:
    lipa, zarek = build.provider("Lipa"), build.provider("Žarek")
    same_number = build.person("Maja", phone="+38641123456")
    same_name = build.person("Špela", lipa, family="Žagar")
    build.person("Špela", zarek, family="Žagar")
    build.person("Špela", lipa, family="Žagarič")
    gone = build.person("Špela", lipa, family="Žagar")
    build.end("person", gone)
    with_address = build.person("Eva")
    build.insert("email", person_id=with_address, address="s@z.si")
    draft = PersonDraft("spela", "Zagar", (number("+38641123456"),), ("s@z.si",), (EmploymentDraft("lipa"),))
    assert {one.id for one in alike(campaign, draft)} == {same_number, same_name, with_address}
    assert {one.id for one in alike(campaign, draft, same_name)} == {same_number, with_address}
    assert alike(campaign, PersonDraft("Nova", "Oseba")) == []


def test_a_namesake_of_whom_nothing_else_is_said_or_who_must_not_be_contacted_is_asked_about(
    campaign: Campaign, build: Builder
) -> None:
    """She was entered a second time without a word, and called though she had asked not to be."""
    barred, other = build.person("Eva", barred="all"), build.person("Eva")
    bare = PersonDraft("Eva", "Novak")
    assert {one.id: one.why for one in alike(campaign, bare)} == {
        barred: "the same name, and must not be contacted",
        other: "the same name",
    }
    told = PersonDraft("Eva", "Novak", emails=("eva@example.org",))
    assert [one.id for one in alike(campaign, told)] == [barred]


def test_the_history_of_a_person_tells_every_field(campaign: Campaign, build: Builder) -> None:
    was = PersonDraft("Ana", "Kos", (number("+38641123456"),))
    person = save_person(campaign, was)
    save_person(campaign, PersonDraft("Ana", "Zajc", ()), person, was)
    build.person("Maja")
    changed, made = history_of(campaign, person)
    assert (made.kind, {(c.what, c.table) for c in made.changes}) == (
        "enter person",
        {("made", "person"), ("made", "phone")},
    )
    assert FieldChange("changed", "person", "family", "Kos", "Zajc") in changed.changes
    assert FieldChange("ended", "phone", "", None, None, says="+38641123456") in changed.changes
    assert changed.organiser == "Ana"


def test_what_another_window_changed_while_a_form_was_open_stays(campaign: Campaign, build: Builder) -> None:
    was = PersonDraft("Neža", "Kos", (number("+38641123456"),), ("n@z.si",), tags=("a", "b"), custom=(("Size", "4"),))
    person = save_person(campaign, was)
    build.call(person, "do not contact")
    build.insert("tag", person_id=person, tag="steward")
    build.phone(person, "+38670999999")
    build.employment(person, build.provider("Lipa"))
    save_person(campaign, replace(was, given="Nežka", tags=("b",)), person, was)
    assert rows(campaign, "person", "given", person, key="id") == [("Nežka",)]
    assert build.figure(person, "do_not_contact") == "all"
    assert sorted(rows(campaign, "tag", "tag", person)) == [("b",), ("steward",)]
    assert [e164 for (e164,) in rows(campaign, "phone", "e164", person)] == ["+38641123456", "+38670999999"]
    assert len(rows(campaign, "employment", "id", person)) == 1


def test_a_disconnected_number_is_dead_for_who_is_entered_with_it_later(campaign: Campaign, build: Builder) -> None:
    build.call(build.person("Maja", phone="+38641123456"), "disconnected")
    bojan = save_person(campaign, PersonDraft("Bojan", "Kos", (number("+38641123456"),)))
    assert build.figure(bojan, "blocked") == "no usable number"


@pytest.mark.parametrize(
    ("barred", "entered"),
    [
        (("Ana", "Novak"), ("Novak", "Ana")),
        (("Fatima Zahra", "Bouhali"), ("Fatima", "Zahra Bouhali")),
        (("Ana Marija", "Novak"), ("Marija Ana", "Novak")),
    ],
)
@pytest.mark.parametrize("gone", [False, True])
def test_whoever_must_not_be_contacted_is_recognised_however_her_name_is_parted(
    campaign: Campaign, barred: tuple[str, str], entered: tuple[str, str], *, gone: bool
) -> None:
    """She was entered anew and could be called: the form looked only for the name as it was parted there."""
    known = save_person(campaign, PersonDraft(*barred, emails=("a@example.org",), bars=(BarDraft(None),)))
    if gone:
        undo_last(campaign)
    found = alike(campaign, PersonDraft(*entered, emails=("b@example.org",)))
    assert [(one.id, "must not be contacted" in one.why) for one in found] == [(known, True)]
    assert ("left the file" in found[0].why) == gone
    assert alike(campaign, PersonDraft(*entered, extra="ml.", emails=("b@example.org",))) == []
