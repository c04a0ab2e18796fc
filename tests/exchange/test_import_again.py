"""A list that is brought in again makes nobody twice, and what comes in with it is told."""

from __future__ import annotations

import os
from pathlib import Path
from time import process_time

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import write_rejects
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_batch
from tests.exchange.conftest import BringIn
from tests.exchange.test_importing import counts, held, people
from tests.exchange.test_nothing_is_dropped import custom, said
from tests.store.building import every_row


@pytest.mark.parametrize(
    ("listed", "second"),
    [
        ("Name;Mobile;Work phone\nFatima Bouhali;;041 234 563\nZan Kos;041 234 563;\n", (2, 0, 2, 0, 0, 0)),
        ("Name;Provider\nAna Novak;private employer\n", (1, 0, 1, 0, 0, 0)),
        ("Name;Provider;Municipality\nAna Novak;private employer;Kranj\n", (1, 0, 1, 0, 0, 0)),
        ("Name;Provider;Municipality\nBor Kos;self-employed;Maribor\n", (1, 0, 1, 0, 0, 0)),
        ("Name;Provider\nCene Rus;n/a\n", (1, 0, 0, 0, 0, 1)),
        ("Name;Provider\nDana Lah;-\n", (1, 0, 0, 0, 0, 1)),
        ("Name;E-mail\nAna Novak;none yet\n", (1, 0, 0, 0, 0, 1)),
        ("Name;Provider\nAna Maria Eva Iva Novak Kos Rus Lah Zid;Lipa\n", (1, 0, 1, 0, 0, 0)),
    ],
)
def test_whoever_came_in_is_known_or_asked_about(
    campaign: Campaign, bring_in: BringIn, listed: str, second: tuple[int, ...]
) -> None:
    """Each time the list came in she was made once more."""
    bring_in(listed)
    before = len(people(campaign))
    assert counts(bring_in(listed, "b.csv")) == second
    assert len(people(campaign)) == before
    assert faults_of(campaign) == []


def test_whose_workplace_has_the_number_of_somebody_else_is_herself(campaign: Campaign, bring_in: BringIn) -> None:
    """“Bor Kos has the same number”, though Ana Novak had it, too."""
    bring_in("Name;Mobile;Work phone\nBor Kos;041 234 561;\nAna Novak;;041 234 561\n")
    assert counts(bring_in("Name;Phone\nAna Novak;041 234 561\n", "b.csv")) == (1, 0, 1, 0, 0, 0)


@pytest.mark.parametrize("between", [0, 500])
@pytest.mark.parametrize("wrong", [False, True])
def test_a_number_that_stays_a_workplaces_or_wrong_tells_nobody_apart_in_one_list_either(
    campaign: Campaign, bring_in: BringIn, between: int, *, wrong: bool
) -> None:
    """Whether it was a question hung on how many rows stood between the two."""
    others = "".join(f"Oto Kos{n};;051 {n // 1000:03d} {n % 1000:03d}\n" for n in range(between))
    head, work = "Name;Work phone;Phone\n", "Ana Novak;041 234 567;\n"
    if wrong:
        bring_in("Name;Phone\nAna Novak;041 234 567\n", "before.csv")
        campaign.connection.execute("UPDATE phone SET standing = 'wrong'")
        work = ""
    report = bring_in(f"{head}{work}Ana Novak;;041 234 567\n{others}Bor Kos;;041 234 567\n")
    assert (report.questions, report.added) == (0, between + (1 if wrong else 2))


def test_a_file_whose_name_is_no_text_is_brought_in(campaign: Campaign, tmp_path: Path) -> None:
    """A traceback, for the name of the list."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.csv"))
    path.write_text("Name;Phone\nAna Kos;041 123 456\n", encoding="utf-8")
    assert import_file(campaign, path).added == 1
    assert held(campaign, "SELECT file_name FROM import_batch") == ["bad\ufffd.csv"]


@pytest.mark.parametrize("how", ["latin-1", "as many rows", "gone"])
def test_a_list_that_becomes_another_while_it_is_read_saves_nothing(
    campaign: Campaign, bring_in: BringIn, how: str
) -> None:
    """“The campaign file is damaged”, or both lists came in, mixed."""
    rows = [f"Špela Novak{n};041 {n // 1000:03d} {n % 1000:03d}" for n in range(5000)]
    before = every_row(campaign)
    path = campaign.path.parent / "list.csv"

    def change(done: int, _of: int) -> None:
        if done == 500 and how == "gone":
            path.unlink()
        elif done == 500:
            with path.open("r+b") as file:
                file.seek(60_000)
                file.write(("José\n" * 100).encode("latin-1" if how == "latin-1" else "utf-8"))

    with pytest.raises(OrganiserError, match=r"list\.csv was changed while it was read"):
        bring_in("Name;Phone\n" + "\n".join(rows) + "\n", progress=change)
    assert every_row(campaign) == before


def test_a_day_of_a_card_that_is_not_there_is_kept_and_told(campaign: Campaign, bring_in: BringIn) -> None:
    """“Member since” went without a word."""
    report = bring_in("Name;Phone;Member since\nAna Novak;041 234 567;2020-01-05\n")
    assert custom(campaign) == {"Member since": "2020-01-05"}
    assert any("It is not said where the card stands" in sentence for sentence in said(report))


def test_an_extension_that_comes_later_is_kept(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Name;Phone\nAna Novak;01 234 56 79\n")
    report = bring_in("Name;Phone\nAna Novak;01 234 56 79 ext. 77\n", "b.csv")
    assert counts(report) == (1, 0, 1, 1, 0, 0)
    assert held(campaign, "SELECT extension FROM phone WHERE gone_by IS NULL") == ["77"]
    assert report.batch is not None
    undo_batch(campaign, report.batch)
    assert held(campaign, "SELECT extension FROM phone WHERE gone_by IS NULL") == [""]


def test_whoever_stands_twice_in_a_list_that_passes_over_the_known_gets_all_of_it(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """Her address was gone: she was “known”, by the row before."""
    rows = "Ana Novak;041 234 567;\nAna Novak;041 234 567;ana@example.org\n"
    bring_in("Name;Phone;E-mail\n" + rows, existing="skip")
    assert held(campaign, "SELECT address FROM email") == ["ana@example.org"]


def test_rejects_of_several_lists_can_be_mended_and_brought_in_again(
    campaign: Campaign, bring_in: BringIn, tmp_path: Path
) -> None:
    """The headings of the second list came in as a person."""
    one = bring_in("Name;Phone\n;041 234 567\n", "one.csv")
    two = bring_in("Ime;Opomba;Telefon\n;=1+1;+38641234568\n", "two.csv")
    rejects = tmp_path / "rejects.csv"
    assert write_rejects([one, two], rejects) == 2
    lines = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Name;Phone;Ime;Opomba;Telefon;not taken")
    mended = lines[0] + "\nAna Kos" + lines[1] + "\n" + lines[2].replace(";;;", ";;Bor Rus;", 1) + "\n"
    report = bring_in(mended, "mended.csv")
    assert sorted(people(campaign)) == [("Ana", "Kos"), ("Bor", "Rus")]
    assert report.rejected == 0
    assert held(campaign, "SELECT next_note FROM person WHERE given = 'Bor'") == ["=1+1"]
    assert held(campaign, "SELECT written FROM phone WHERE e164 = '+38641234568'") == ["+38641234568"]


@pytest.mark.parametrize(
    "listed",
    [
        f"Name;Phone\nTotal {'1' * 20_000}x;041 234 567\n",
        f"Name;Phone{'1' * 20_000}x\nAna Kos;041 234 567\n",
        f"Name;Tags\nAna Kos;a{' ' * 20_000}b\n",
    ],
)
def test_a_cell_without_end_takes_no_longer_than_others(bring_in: BringIn, listed: str) -> None:
    """Twenty seconds and more, for one cell."""
    began = process_time()
    assert bring_in(listed).read == 1
    assert process_time() - began < 1


def test_namesakes_by_the_thousand_are_compared_with_few(campaign: Campaign, bring_in: BringIn) -> None:
    """77 seconds for five thousand rows."""
    at_many = "Name;Provider\n" + "".join(f"Eva Kos;Z{n}\n" for n in range(1000))
    for listed in ("Name\n" + "Ana Novak\n" * 1000, at_many):
        bring_in(listed)
        began = process_time()
        again = bring_in(listed, "again.csv")
        assert again.added == 0
        assert process_time() - began < 2


@pytest.mark.parametrize("between", [None, 0, 499])
def test_her_own_number_that_comes_again_as_a_workplaces_makes_nobody_new(
    campaign: Campaign, bring_in: BringIn, between: int | None
) -> None:
    """A second Ana was barred, and the first one stood there to be called."""
    head = "Name;Phone;Work phone;Do not call\n"
    first, second = "Ana Novak;031 555 001;;\n", "Ana Novak;;031 555 001;yes\n"
    if between is None:
        bring_in(head + first)
        bring_in(head + second, "b.csv")
    else:
        bring_in(head + first + "".join(f"Oto Kos{n};051 000 {n:03d};;\n" for n in range(between)) + second)
    assert held(campaign, "SELECT count(*) FROM person WHERE family = 'Novak'") == [1]
    assert held(campaign, "SELECT do_not_contact FROM person_figures WHERE do_not_contact <> ''") == ["call"]


def test_a_provider_with_a_comma_in_its_name_stays_one(campaign: Campaign, bring_in: BringIn) -> None:
    """Once its parts were there, too, the cell meant those, and she came in a second time."""
    listed = 'Name;Provider\nAna Novak;"Dom, Sonce"\nEva Lah;"Dom; Sonce"\nBo Kos;"Sonce, Dom"\n'
    assert counts(bring_in(listed))[:3] == (3, 3, 0)
    assert counts(bring_in(listed, "b.csv"))[:3] == (3, 0, 3)
    assert held(campaign, "SELECT count(*) FROM employment WHERE gone_by IS NULL") == [5]


@pytest.mark.parametrize("wish", ["Don't call", "Don’t call!", "dont call", "Do not call."])
def test_a_wish_not_to_be_called_is_understood_with_its_apostrophe(
    campaign: Campaign, bring_in: BringIn, wish: str
) -> None:
    """She was offered to be called."""
    bring_in(f"Name;Phone;Notes\nAna Novak;031 555 001;{wish}\n")
    bring_in(f"Name;Phone;{wish}\nEva Lah;031 555 002;yes\n", "b.csv")
    assert held(campaign, "SELECT do_not_contact FROM person_figures") == ["call", "call"]


def test_whoever_is_known_by_her_place_and_gets_somebody_elses_number_is_told(
    campaign: Campaign, bring_in: BringIn
) -> None:
    bring_in("Name;Phone;Provider\nBo Kos;031 555 001;\nAna Novak;;Dom\n")
    report = bring_in("Name;Phone;Provider\nAna Novak;031 555 001;Dom\n", "b.csv")
    assert counts(report)[:4] == (1, 0, 1, 1)
    assert said(report) == ["Phone: Bo Kos has the same number, too."]


def test_a_list_that_came_in_twice_is_taken_back(campaign: Campaign, bring_in: BringIn) -> None:
    """Everybody stayed as “worked with since”: the second time it was said of them that they were known."""
    listed = "Name;Phone;Provider\nAna Novak;041 234 567;Lipa\nBor Kos;041 234 568;Lipa\n"
    first = bring_in(listed).batch
    second = bring_in(listed, "b.csv").batch
    assert first is not None and second is not None
    assert undo_batch(campaign, first).kept == []
    assert people(campaign) == []
    assert undo_batch(campaign, second).kept == []
    assert faults_of(campaign) == []
    assert counts(bring_in(listed, "c.csv")) == (2, 2, 0, 0, 0, 0)


def test_whoever_got_something_from_a_second_list_stays_when_the_first_is_taken_back(
    campaign: Campaign, bring_in: BringIn
) -> None:
    first = bring_in("Name;Phone\nAna Novak;041 234 567\nBor Kos;041 234 568\n").batch
    bring_in("Name;Phone;E-mail\nAna Novak;041 234 567;ana@example.org\n", "b.csv")
    assert first is not None
    assert undo_batch(campaign, first).kept == ["Ana Novak"]
    assert faults_of(campaign) == []
