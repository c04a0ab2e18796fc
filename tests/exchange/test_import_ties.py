"""Numbers and addresses that tell nobody apart still tie a name to itself; whose a number is follows what is said."""

from __future__ import annotations

import itertools

import pytest

from organiser_tui.exchange.importing import Existing
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.history import undo_batch
from tests.exchange.conftest import BringIn
from tests.exchange.test_importing import counts, held, people, reasons
from tests.exchange.test_nothing_is_dropped import said
from tests.store.test_figures import assert_figures_follow

PARTED = ("Fatima Zahra;Bouhali", "Fatima;Zahra Bouhali", "Bouhali;Fatima Zahra")


def kinds(campaign: Campaign) -> list[str]:
    """The kinds of the numbers in the file."""
    return [kind for (kind,) in campaign.connection.execute("SELECT kind FROM phone WHERE gone_by IS NULL ORDER BY id")]


@pytest.mark.parametrize("existing", ["fill", "update"])
@pytest.mark.parametrize("one_list", [False, True])
def test_her_own_number_behind_the_same_number_of_a_workplace_is_hers(
    campaign: Campaign, bring_in: BringIn, existing: Existing, *, one_list: bool
) -> None:
    """It went without a word: “known, 0 changed”, and she had no usable number."""
    head, work, own = "Name;Work phone;Mobile;Provider\n", "Ana Kos;041 123 456;;Lipa\n", "Ana Kos;;041 123 456;Lipa\n"
    if one_list:
        report = bring_in(head + work + own, existing=existing)
        assert counts(report) == (2, 1, 1, 1, 0, 0)
    else:
        bring_in(head + work)
        report = bring_in(head + own, "b.csv", existing=existing)
        assert counts(report) == (1, 0, 1, 1, 0, 0)
    assert kinds(campaign) == ["mobile"]
    assert held(campaign, "SELECT phone FROM person_figures") == ["+38641123456"]
    assert any("now it is her own" in sentence for sentence in said(report))
    assert_figures_follow(campaign)
    third = bring_in("Name;Phone\nBor Rus;041 123 456\n", "c.csv")
    assert reasons(third) == {2: "Ana Kos has the same number. Is it the same person as Bor Rus?"}
    if not one_list:
        assert report.batch is not None
        undo_batch(campaign, report.batch)
        assert kinds(campaign) == ["work"]
        assert_figures_follow(campaign)


def test_a_number_that_nobody_calls_hers_stays_the_one_of_the_workplace_and_is_told(
    campaign: Campaign, bring_in: BringIn
) -> None:
    bring_in("Name;Work phone;Provider\nAna Kos;041 123 456;Lipa\n")
    report = bring_in("Name;Phone;Provider\nAna Kos;041 123 456;Lipa\n", "b.csv")
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert kinds(campaign) == ["work"]
    assert any("stood there as the number of a workplace of hers; it stays so" in sentence for sentence in said(report))


@pytest.mark.parametrize(
    ("head", "kind", "told"),
    [
        ("Mobile;Work phone", "mobile", False),
        ("Work phone;Mobile", "mobile", False),
        ("Phone;Work phone", "work", True),
        ("Work phone;Phone", "work", True),
        ("Phone;Mobile", "mobile", False),
        ("Mobile;Home phone", "mobile", False),
        ("Home phone;Mobile", "home", False),
    ],
)
def test_whose_a_number_is_that_a_row_says_twice_does_not_hang_on_the_order_of_columns(
    campaign: Campaign, bring_in: BringIn, head: str, kind: str, *, told: bool
) -> None:
    report = bring_in(f"Name;{head}\nAna Kos;041 123 456;041/123-456\n")
    assert kinds(campaign) == [kind]
    assert any("is said to be of a workplace, too" in sentence for sentence in said(report)) == told


@pytest.mark.parametrize("standing", ["shared", "wrong"])
def test_whoever_has_the_name_and_a_number_that_tells_nobody_apart_is_the_same(
    campaign: Campaign, bring_in: BringIn, standing: str
) -> None:
    """A list brought in again made her a second time, with the number that had been found to be wrong."""
    listed = "Name;Phone\nAna Kos;041 123 456\n"
    bring_in(listed)
    campaign.connection.execute("UPDATE phone SET standing = ?", (standing,))
    assert counts(bring_in(listed, "b.csv")) == (1, 0, 1, 0, 0, 0)
    assert len(kinds(campaign)) == 1


def test_whoever_has_the_name_and_an_address_that_was_wrong_is_the_same(campaign: Campaign, bring_in: BringIn) -> None:
    """The address was brought to life again."""
    listed = "Name;E-mail\nAna Kos;ana@example.org\n"
    bring_in(listed)
    campaign.connection.execute("UPDATE email SET standing = 'wrong'")
    assert counts(bring_in(listed, "b.csv")) == (1, 0, 1, 0, 0, 0)
    assert held(campaign, "SELECT standing FROM email WHERE gone_by IS NULL") == ["wrong"]


def test_whoever_has_the_name_and_the_number_of_a_workplace_is_the_same(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Name;Work phone\nAna Kos;01 234 56 78\nBor Rus;01 234 56 78\n")
    report = bring_in("Name;Work phone;Phone\nAna Kos;01 234 56 78;\nCene Lah;01 234 56 78;\n", "b.csv")
    assert counts(report) == (2, 1, 1, 0, 0, 0)
    assert len(people(campaign)) == 3


@pytest.mark.parametrize("one_list", [False, True])
@pytest.mark.parametrize(("first", "second"), itertools.combinations(PARTED, 2))
def test_a_name_parted_elsewhere_is_the_same_in_one_list_and_across_two(
    campaign: Campaign, bring_in: BringIn, first: str, second: str, *, one_list: bool
) -> None:
    """She was known within a list and made twice across two."""
    head = "First name;Last name;Provider\n"
    if one_list:
        report = bring_in(f"{head}{first};Lipa\n{second};Lipa\n")
        assert counts(report)[:3] == (2, 1, 1)
    else:
        bring_in(f"{head}{first};Lipa\n")
        assert counts(bring_in(f"{head}{second};Lipa\n", "b.csv"))[:3] == (1, 0, 1)
    assert len(people(campaign)) == 1


def test_a_name_with_a_hyphen_and_one_without_are_the_same(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Name;Provider\nAna-Marija Rus;Lipa\n")
    assert counts(bring_in("Name;Provider\nAna Marija Rus;Lipa\n", "b.csv"))[:3] == (1, 0, 1)


def test_what_a_row_is_asked_about_is_answered_by_a_row_behind_it(campaign: Campaign, bring_in: BringIn) -> None:
    """The same list brought in once more answered its own question, and changed somebody."""
    bring_in("Name;Phone\nAna Novak;041 000 003\n")
    table = (
        "Name;Phone;Work phone;Employer\n"
        "Fatima Kos;041 000 003;041 123 456;Lipa\n"
        "Bor Rus;041 000 003;;\n"
        "Fatima Kos;;041 123 456;\n"
    )
    first = bring_in(table, "b.csv")
    assert counts(first) == (3, 1, 1, 1, 0, 1)
    assert reasons(first) == {3: "Ana Novak has the same number. Is it the same person as Bor Rus?"}
    again = bring_in(table, "c.csv")
    assert (again.added, again.changed, again.questions) == (0, 0, 1)
    assert_figures_follow(campaign)


def test_a_generation_in_the_column_of_the_family_name_is_none_of_its_words(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """“Novak ml.” in a column of its own and “Ana Novak ml.” in one cell were two people."""
    bring_in("Ime;Priimek;Telefon;Izvajalec\nAna;Novak ml.;;Lipa\ndr. Ana;Novak;041 123 456;Lipa\n")
    assert held(campaign, "SELECT given || ' ' || family || ', ' || extra FROM person ORDER BY id") == [
        "Ana Novak, dr.",
        "Ana Novak, ml.",
    ]
    report = bring_in("Ime in priimek;Telefon;Izvajalec\nAna Novak ml.;;Lipa\nAna Novak;041 123 456;\n", "b.csv")
    assert counts(report) == (2, 0, 2, 0, 0, 0)


def test_whoever_must_not_be_contacted_is_asked_about_in_whatever_order_her_names_stand(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """“Marija Ana Novak” came in as somebody new beside Ana Marija, who had asked not to be contacted."""
    bring_in("Ime;Priimek;Telefon;Ne kontaktiraj\nAna Marija;Novak;041 123 456;da\n")
    report = bring_in("Ime;Priimek\nMarija Ana;Novak\nNovak Ana;Marija\n", "b.csv")
    assert counts(report) == (2, 0, 0, 0, 0, 2)
