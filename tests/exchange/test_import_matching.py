"""Who a row of a list is: somebody known, somebody new, or a question; and who must not be contacted stays so."""

from __future__ import annotations

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.history import undo_batch, undo_last
from tests.exchange.conftest import BringIn
from tests.exchange.test_importing import HEAD, counts, held, one, people, reasons
from tests.store.building import Builder
from tests.store.test_figures import assert_figures_follow

BARRED_BY_A_CALL, BARRED_BY_A_LIST = "by a call", "by a list"


def test_the_same_number_with_the_same_name_is_the_same_person(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Špela Žagar;041 123 456;Lipa;Kranj;\n")
    report = bring_in("Ime;Priimek;Telefon;E-naslov\nzagar;SPELA;041/123-456;s@example.org\n", "again.csv")
    assert counts(report) == (1, 0, 1, 1, 0, 0)
    assert people(campaign) == [("Špela", "Žagar")]
    assert held(campaign, "SELECT address FROM email") == ["s@example.org"]


def test_the_same_name_at_the_same_provider_is_the_same_person(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Ana Novak;041 123 456;Društvo Lipa;;\n")
    report = bring_in(HEAD + "Novak Ana;;društvo LIPA;Celje;\nAna Novak;;Zavod Bor;;\n", "again.csv")
    assert counts(report) == (2, 1, 1, 1, 0, 0)
    assert len(people(campaign)) == 2


def test_the_same_number_with_another_name_is_a_question(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Ana Novak;041 123 456;;;\n")
    report = bring_in(
        HEAD + "Bor Kos;041 123 456;Lipa;;\nCene Vidmar;031 000 222;;;\nTina Rus;031 000 222;;;\n", "b.csv"
    )
    assert counts(report) == (3, 1, 0, 0, 0, 2)
    assert reasons(report) == {
        2: "Ana Novak has the same number. Is it the same person as Bor Kos?",
        4: "Cene Vidmar has the same number. Is it the same person as Tina Rus?",
    }
    assert one(campaign, "SELECT person_id FROM import_remark WHERE kind = 'question' AND line = 2") == one(
        campaign, "SELECT id FROM person WHERE given = 'Ana'"
    )
    assert held(campaign, "SELECT name FROM provider") == []


def test_a_number_known_to_be_shared_or_of_a_workplace_asks_nothing(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    campaign.connection.execute("UPDATE phone SET standing = 'shared'")
    report = bring_in("Name;Phone;Work phone\nBor Kos;041 123 456;01 234 56 78\nCene Rus;;01 234 56 78\n", "b.csv")
    assert counts(report) == (2, 2, 0, 0, 0, 0)


def test_mother_and_daughter_of_one_name_and_number_are_a_question(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in("Name;Phone\nMarija Horvat;031 000 112\nMarija Horvat ml.;031 000 112\n")
    assert counts(report) == (2, 1, 0, 0, 0, 1)


def test_several_who_fit_are_a_question(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    lipa = build.provider("Lipa")
    for _n in range(2):
        build.person("Ana", lipa)
    assert counts(bring_in(HEAD + "Ana Novak;;Lipa;;\n")) == (1, 0, 0, 0, 0, 1)


def test_rows_of_one_list_that_are_one_person_make_one(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        HEAD
        + "Ana Novak;041 123 456;Lipa;;\n"
        + "Novak Ana;041 123 456;Zavod Bor;;ana@example.org\n"
        + "Ana Novak;031 000 111;zavod bor;;\n"
        + "Ana Novak;;;;ANA@example.org\n"
    )
    assert counts(report) == (4, 1, 3, 2, 0, 0)
    assert len(people(campaign)) == 1
    assert held(campaign, "SELECT e164 FROM phone") == ["+38631000111", "+38641123456"]
    assert held(campaign, "SELECT name FROM provider") == ["Lipa", "Zavod Bor"]
    assert_figures_follow(campaign)


@pytest.mark.parametrize(
    ("existing", "note", "numbers"),
    [
        ("fill", "only after 17h", ["+38631000111", "+38641123456"]),
        ("update", "works nights", ["+38631000111", "+38641123456"]),
        ("skip", "only after 17h", ["+38641123456"]),
    ],
)
def test_what_known_people_get(
    campaign: Campaign, bring_in: BringIn, existing: str, note: str, numbers: list[str]
) -> None:
    head = "Name;Phone;E-mail;Note;Gender;Union card no\n"
    bring_in(head + "Ana Novak;041 123 456;;only after 17h;;\n")
    report = bring_in(head + "Ana Novak;031 000 111 ali 041 123 456;;works nights;f;77\n", "b.csv", existing=existing)
    assert counts(report) == (1, 0, 1, int(existing != "skip"), 0, 0)
    assert one(campaign, "SELECT next_note FROM person") == note
    assert held(campaign, "SELECT e164 FROM phone") == numbers
    assert one(campaign, "SELECT gender FROM person") == ("" if existing == "skip" else "F")
    assert held(campaign, "SELECT value FROM custom_value") == ([] if existing == "skip" else ["77"])


def test_a_bar_that_is_passed_over_because_she_is_known_is_told(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Name;Phone\nAna Kos;041 123 456\n")
    report = bring_in("Name;Phone;Do not call\nAna Kos;041 123 456;yes\n", "b.csv", existing="skip")
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert held(campaign, "SELECT channel FROM barred_channel") == []
    told = "It says that Ana Kos must not be contacted: passed over, since she is known."
    assert [remark.reason for remark in report.remarks] == [told]


@pytest.mark.parametrize("existing", ["fill", "update", "skip"])
def test_do_not_contact_stays_so_whatever_comes_in(
    campaign: Campaign, bring_in: BringIn, build: Builder, existing: str
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    ana = one(campaign, "SELECT id FROM person")
    build.call(ana, "do not contact")
    report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;no\n", "b.csv", existing=existing)
    assert (report.matched, build.figure(ana, "do_not_contact")) == (1, "all")
    assert build.figure(ana, "blocked") == "do not contact"


def test_a_namesake_of_somebody_not_to_be_contacted_is_a_question(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    build.call(one(campaign, "SELECT id FROM person"), "do not contact")
    report = bring_in("Name;Phone\nNovak Ana;031 000 111\n", "b.csv")
    assert counts(report) == (1, 0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("heading", "cell", "barred"),
    [
        ("Do not call", "x", "call"),
        ("Do not call", "", ""),
        ("Do not call", "no", ""),
        ("Ne kliči", "da", "call"),
        ("ei saa soittaa", "kyllä", "call"),
        ("Do not contact", "yes", "all"),
        ("Ali vas lahko pokličemo?", "Ne", "call"),
        ("Ali vas lahko pokličemo?", "Da", ""),
        ("Saako soittaa", "ei", "call"),
        ("Do not email", "1", "e-mail"),
        ("Do not call", "please, never", "call"),
        ("Opombe", "ne kliči!", "call"),
        ("Huom.", "ei saa soittaa", "call"),
        ("Opombe", "ne kliči pred 16h", ""),
    ],
)
def test_a_wish_not_to_be_called_is_understood(
    campaign: Campaign, bring_in: BringIn, heading: str, cell: str, barred: str
) -> None:
    bring_in(f"Name;Phone;{heading}\nAna Novak;041 123 456;{cell}\n")
    assert one(campaign, "SELECT do_not_contact FROM person_figures") == barred


@pytest.mark.parametrize("how", [BARRED_BY_A_CALL, BARRED_BY_A_LIST, "taken out by hand"])
def test_do_not_contact_outlives_the_batch_that_was_taken_back(
    campaign: Campaign, bring_in: BringIn, build: Builder, how: str
) -> None:
    head, said = ("Name;Phone;E-mail;Do not call\n", "x" if how == BARRED_BY_A_LIST else "")
    rows = f"Ana Novak;041 123 456;ana@example.org;{said}\nBor Kos;031 000 111;;\n"
    report = bring_in(head + rows)
    ana = one(campaign, "SELECT id FROM person WHERE given = 'Ana'")
    if how != BARRED_BY_A_LIST:
        build.call(ana, "do not contact", do_not_contact="call")
    assert report.batch is not None
    kept = undo_batch(campaign, report.batch).kept
    assert kept == ([] if how == BARRED_BY_A_LIST else ["Ana Novak"])
    if how == "taken out by hand":
        with campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.end("person", ana)
    for again, row in enumerate(("Novak Ana;041 123 456;", "Ana Novak;;ana@example.org", "Ana Novak;041 123 456;")):
        report = bring_in(f"Name;Phone;E-mail\n{row}\n", f"{again}.csv")
        assert (report.questions, report.rejected) == (0, 0)
        barred = held(campaign, "SELECT do_not_contact FROM person_figures WHERE name_key LIKE '%ana%'")
        assert set(barred) == {"call"}
        told = [remark.reason for remark in report.remarks]
        assert told == (
            ["Ana Novak was in the file before and must not be contacted; that stays so."] if report.added else []
        )
        if again == 0 and report.added and report.batch is not None:
            undo_batch(campaign, report.batch)
    assert_figures_follow(campaign)


def test_a_list_that_bars_somebody_says_so_in_rows_and_goes_with_its_batch(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    rows = "SELECT channel, since, source, contact_id FROM barred_channel WHERE gone_by IS NULL ORDER BY id"
    bring_in("Name;Phone;Do not text\nAna Novak;041 123 456;x\nBor Kos;031 000 111;\n", "a.csv")
    today = campaign.today().isoformat()
    assert campaign.connection.execute(rows).fetchall() == [("text", today, "a.csv", None)]
    again = bring_in("Name;Phone;Do not text;Do not call\nAna Novak;041 123 456;x;x\n", "b.csv")
    assert (again.matched, again.changed) == (1, 1)
    both = [("text", today, "a.csv", None), ("call", today, "b.csv", None)]
    assert campaign.connection.execute(rows).fetchall() == both
    third = bring_in("Name;Phone;Do not text;Do not call\nAna Novak;041 123 456;x;no\n", "c.csv", existing="update")
    assert (third.matched, third.changed) == (1, 0)
    assert campaign.connection.execute(rows).fetchall() == both
    assert one(campaign, "SELECT do_not_contact FROM person_figures ORDER BY do_not_contact DESC LIMIT 1") == (
        "call,text"
    )
    assert again.batch is not None
    undo_batch(campaign, again.batch)
    assert campaign.connection.execute(rows).fetchall() == both[:1]
    assert_figures_follow(campaign)


def test_a_row_that_bars_costs_no_statement_of_its_own(campaign: Campaign, bring_in: BringIn) -> None:
    counts = []
    for start, cell in ((100, ""), (500, "x")):
        statements: list[str] = []
        campaign.connection.set_trace_callback(statements.append)
        rows = "".join(f"Ana{n} Novak{n};041 000 {n};{cell}\n" for n in range(start, start + 200))
        assert bring_in("Name;Phone;Do not call\n" + rows, f"{start}.csv").added == 200
        campaign.connection.set_trace_callback(None)
        rows_made = ("INSERT INTO barred_channel", "INSERT INTO change")
        counts.append(len([sql for sql in statements if not sql.startswith(rows_made)]))
    assert counts[1] <= counts[0] + 5


def test_a_namesake_of_somebody_gone_who_must_not_be_contacted_is_a_question(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;x\n")
    assert report.batch is not None
    undo_batch(campaign, report.batch)
    report = bring_in("Name;Phone\nAna Novak;031 000 111\nAna Kos;041 123 456\nBor Kos;031 000 222\n", "b.csv")
    assert counts(report) == (3, 1, 0, 0, 0, 2)
    assert "must not be contacted and has the same name" in reasons(report)[2]
    assert "has the same number" in reasons(report)[3]


def test_whoever_is_in_the_file_again_is_matched_before_those_who_are_gone(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    for name in ("a.csv", "b.csv"):
        report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;x\n", name)
        assert report.batch is not None
        undo_batch(campaign, report.batch)
    build.person("Ana", phone="+38641123456")
    assert counts(bring_in("Name;Phone\nAna Novak;041 123 456\n", "c.csv")) == (1, 0, 1, 0, 0, 0)


def test_names_that_differ_by_the_sign_of_a_vowel_are_two_people(campaign: Campaign, bring_in: BringIn) -> None:
    """Meena and Mona became one: Mona was lost, and her number stood with Meena."""
    rows = "मीना शर्मा;041 000 111;Lipa\nमोना शर्मा;041 000 112;Lipa\nमीना शर्मा;041 000 111;Lipa\n"
    report = bring_in("Name;Phone;Provider\n" + rows)
    assert (report.added, report.matched, report.questions) == (2, 1, 0)


@pytest.mark.parametrize(
    ("barred", "coming"),
    [
        ("Đurđa Kos", "Djurdja Kos"), ("Ana Müller", "Ana Mueller"), ("Ana O'Neil", "Oneil Ana"),
        ("Ana Kos ml.", "Ana Kos"), ("Ana Kos", "dr. Ana Kos ml."),
        ("Ana Kos", "1. Ana Kos"), ("Ana Kos", "2) KOS ANA"), ("Ana Kos", "#3 Ana Kos"), ("Ana Kos", "4.Ana Kos"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("gone", [False, True])
def test_somebody_barred_is_asked_about_however_her_name_is_written(
    campaign: Campaign, bring_in: BringIn, barred: str, coming: str, *, gone: bool
) -> None:
    """She came in anew under another number, and could be called."""
    bring_in(f'Name;Phone;Provider;Do not contact\n"{barred}";041 555 000;Lipa;yes\n', "a.csv")
    if gone:
        undo_last(campaign)
    report = bring_in(f'Name;Phone;Provider\n"{coming}";041 555 999;Hrast\n', "b.csv")
    assert (report.added, report.questions) == (0, 1)
    assert "must not be contacted" in report.not_taken[0].reason


def test_whoever_asks_not_to_be_contacted_is_asked_about_where_a_namesake_may_be_called(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """She came in a second time, barred, and beside her she herself was served for a call."""
    bring_in("Name;Phone;Provider\nAna Kos;041 222 333;Dom\nMaja Rus;041 222 444;Dom\n", "a.csv")
    report = bring_in("Name;Do not contact\nKos Ana;yes\nNova Oseba;yes\n", "b.csv")
    assert (report.added, report.questions) == (1, 1)
    assert report.not_taken[0].reason == "Ana Kos must not be contacted and has the same name. Is it the same person?"
    within = bring_in("Name;Do not contact\nDjurdja Lah;\nĐurđa Lah;yes\nEva Vidmar;\nEva Vidmar jr;yes\n", "c.csv")
    assert (within.added, within.questions) == (2, 2)
    at_work = bring_in("Name;Provider;Do not contact\nMaja Rus;Dom;yes\n", "d.csv")
    assert (at_work.matched, at_work.questions) == (1, 0)
    assert_figures_follow(campaign)


@pytest.mark.parametrize("coming", ["Ana Kos st.", "Ana Kosi", "Anja Kos"])
def test_who_is_somebody_else_than_one_who_is_barred_comes_in(
    campaign: Campaign, bring_in: BringIn, coming: str
) -> None:
    bring_in("Name;Phone;Provider;Do not contact\nAna Kos ml.;041 555 000;Lipa;yes\n", "a.csv")
    assert bring_in(f"Name;Phone;Provider\n{coming};041 555 999;Hrast\n", "b.csv").added == 1
