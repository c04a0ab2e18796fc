"""A list that comes in is tried, stopped, taken back or killed, and nothing is half-saved or lost."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange import plain
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport, NotTaken, write_rejects
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_batch
from tests.exchange.conftest import BringIn
from tests.exchange.test_importing import HEAD, held, one, people
from tests.store.building import Builder, every_row, kept_figures
from tests.store.test_figures import assert_figures_follow


def test_a_trial_run_saves_nothing_and_tells_the_same(campaign: Campaign, bring_in: BringIn) -> None:
    text = HEAD + "Ana Novak;041 123 456;Lipa;Bitnje;\nAna Novak;041 123 456;Bor;;\n;1;;;\n"
    before = every_row(campaign)
    trial = bring_in(text, dry_run=True)
    assert every_row(campaign) == before
    assert trial.batch is None
    assert not (campaign.path.parent / "soa.campaign.before-import").exists()
    real = bring_in(text)
    assert trial.json_shape() | {"batch": None} == real.json_shape() | {"batch": None}


def test_an_import_that_is_stopped_leaves_nothing(campaign: Campaign, bring_in: BringIn) -> None:
    text = HEAD + "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d};Lipa;;\n" for n in range(5000))
    before = every_row(campaign)
    told: list[tuple[int, int]] = []
    with pytest.raises(OrganiserError, match="was stopped"):
        bring_in(text, progress=lambda done, of: told.append((done, of)), cancelled=lambda: bool(told))
    assert told == [(500, 5000)]
    assert every_row(campaign) == before
    assert [path.name for path in campaign.path.parent.glob("*before-import*")] == []


@pytest.mark.parametrize("saved", [False, True])
def test_an_import_that_is_stopped_at_its_end_says_whether_it_was_saved(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, saved: bool
) -> None:
    """“Nothing was saved” stood there, though all of it was: Ctrl-C had come while it was being written down."""
    listed = tmp_path / "list.csv"
    listed.write_text(HEAD + "Ana Novak;041 123 456;Lipa;;\n", encoding="utf-8")

    def stopped(*_asked: object, batch: int, **_how: object) -> None:
        import_file(campaign, listed, batch=batch if saved else None)  # else it is what another window brought in then
        raise KeyboardInterrupt

    monkeypatch.setattr(plain, "import_file", stopped)
    with pytest.raises(OrganiserError) as told:
        plain.import_lists(
            campaign, [str(listed)], existing="fill", provider=None, dry_run=False, rejects=None, as_json=False
        )
    batches = held(campaign, "SELECT id FROM import_batch")
    assert ("Nothing of list.csv was saved" in str(told.value)) is not saved
    assert (f"batch {batches[0]}" in str(told.value)) is saved


def test_rejects_that_are_stopped_leave_no_half_of_a_file(tmp_path: Path) -> None:
    def stopped() -> Iterator[NotTaken]:
        yield NotTaken(2, "", "no name", ("", "1"), question=False)
        raise KeyboardInterrupt

    report = ImportReport("list.csv", headings=("Name", "Phone"))
    report.not_taken = stopped()  # type: ignore[assignment]
    with pytest.raises(OrganiserError, match=r"Stopped: .*rejects\.csv was not written"):
        write_rejects([report], tmp_path / "rejects.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_changes_while_it_is_read_saves_nothing(campaign: Campaign, bring_in: BringIn) -> None:
    """Half of it was brought in, and the report said that this was all."""
    text = HEAD + "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d};Lipa;;\n" for n in range(5000))
    before = every_row(campaign)

    def cut(done: int, _of: int) -> None:
        if done == 500:
            os.truncate(campaign.path.parent / "list.csv", 100_000)

    with pytest.raises(OrganiserError, match=r"list\.csv was changed while it was read\. Nothing was saved"):
        bring_in(text, progress=cut)
    assert every_row(campaign) == before


def test_a_batch_is_taken_back_whole(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    bring_in("Name;Phone;Note\nAna Novak;041 123 456;\n")
    before = kept_figures(campaign)
    report = bring_in(
        "Name;Phone;Provider;Note;Shoe\nAna Novak;041 123 456;Lipa;nights;38\nBor Kos;031 000 111;Lipa;;\n",
        "b.csv",
        existing="update",
    )
    assert one(campaign, "SELECT next_note FROM person WHERE given = 'Ana'") == "nights"
    assert report.batch is not None
    assert [line.what for line in diary(campaign, limit=1)] == ["b.csv"]
    undone = undo_batch(campaign, report.batch)
    assert (undone.kept, undone.what) == ([], "b.csv")
    assert people(campaign) == [("Ana", "Novak")]
    assert one(campaign, "SELECT next_note FROM person WHERE given = 'Ana'") == ""
    assert held(campaign, "SELECT name FROM provider WHERE gone_by IS NULL") == []
    assert held(campaign, "SELECT name FROM custom_field WHERE gone_by IS NULL") == []
    assert kept_figures(campaign) == before
    assert faults_of(campaign) == []


def test_people_worked_with_since_stay_and_are_named(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    report = bring_in(HEAD + "Ana Novak;041 123 456;Lipa;;a@example.org\nBor Kos;031 000 111;Bor;;\n")
    ana = one(campaign, "SELECT id FROM person WHERE given = 'Ana'")
    build.call(ana, "talked", rating=2)
    assert report.batch is not None
    undone = undo_batch(campaign, report.batch)
    assert undone.kept[0] == "Ana Novak"
    assert people(campaign) == [("Ana", "Novak")]
    assert held(campaign, "SELECT e164 FROM phone WHERE gone_by IS NULL") == ["+38641123456"]
    assert held(campaign, "SELECT name FROM provider WHERE gone_by IS NULL") == ["Lipa"]
    assert_figures_follow(campaign)


def test_a_big_import_is_kept_safe_before(campaign: Campaign, bring_in: BringIn, tmp_path: Path) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    for name in ("Bor", "Cene"):
        rows = "".join(f"{name} Kos{n};{n // 1000:03d} {n % 1000:03d}\n" for n in range(1001))
        report = bring_in("Name;Number in the list\n" + rows, f"{name}.csv")
        assert report.added == 1001
        kept = tmp_path / "soa.campaign.before-import"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        copy = open_campaign(kept, campaign.now)
        assert len(people(copy)) == len(people(campaign)) - 1001
        copy.close()
    assert [path.name for path in tmp_path.glob("*before-import*")] == ["soa.campaign.before-import"]


def test_a_long_list_read_by_a_second_process_is_the_same(
    campaign: Campaign, bring_in: BringIn, templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + "".join(
        f"Ana Novak-{n % 9000};041 {n // 1000:03d} {n % 1000:03d};Zavod {n % 7};{('Kranj', 'Bitnje', '')[n % 3]};\n"
        for n in range(10_500)
    )
    beside = bring_in(text + ";041 999 999;;;\n")
    assert (beside.rejected, beside.questions) == (1, 0)
    assert faults_of(campaign) == []
    monkeypatch.setattr("organiser_tui.exchange.chunks._WORTH_A_PROCESS", 1_000_000)
    (tmp_path / "other").mkdir()
    other = open_campaign(Path(shutil.copyfile(templates["SI"], tmp_path / "other" / "soa.campaign")), campaign.now)
    alone = import_file(other, tmp_path / "list.csv")
    other.close()
    assert alone.json_shape() | {"batch": None} == beside.json_shape() | {"batch": None}


def test_a_quotation_mark_that_swallows_the_end_of_a_long_list_saves_nothing(
    campaign: Campaign, bring_in: BringIn
) -> None:
    rows = "".join(f"Ana Novak{n};041\n" for n in range(12_000))
    with pytest.raises(OrganiserError, match="quotation mark"):
        bring_in("Name;Phone\n" + rows + '"Bor;041\n' + rows)
    assert people(campaign) == []


def test_a_campaign_that_is_being_read_is_kept_safe_all_the_same(
    campaign: Campaign, bring_in: BringIn, tmp_path: Path
) -> None:
    reader = campaign.another()
    reader.connection.execute("BEGIN")
    reader.connection.execute("SELECT count(*) FROM person").fetchone()
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    bring_in("Name;Shoe\n" + "".join(f"Bor Kos{n};38\n" for n in range(1001)), "b.csv")
    copy = open_campaign(tmp_path / "soa.campaign.before-import", campaign.now)
    assert people(copy) == [("Ana", "Novak")]
    assert faults_of(copy) == []
    copy.close()
    reader.close()


def test_where_no_copy_can_be_kept_nothing_is_saved(campaign: Campaign, bring_in: BringIn, tmp_path: Path) -> None:
    (tmp_path / "soa.campaign.before-import").mkdir()
    with pytest.raises(OrganiserError, match="backup"):
        bring_in("Name;Shoe\n" + "".join(f"Bor Kos{n};38\n" for n in range(1001)))
    assert people(campaign) == []


def test_a_campaign_in_a_folder_that_cannot_be_written_to_says_so(campaign: Campaign, bring_in: BringIn) -> None:
    campaign.read_only = True
    with pytest.raises(OrganiserError, match="reading only"):
        bring_in("Name;Phone\nAna Novak;041 123 456\n")


IMPORTER = """
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from organiser_tui.exchange import chunks
from organiser_tui.exchange import plain
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport, NotTaken, write_rejects
from organiser_tui.store.campaign import open_campaign
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
def slow(done, of):
    print(done, flush=True)
    sys.stdin.readline()
import_file(open_campaign(Path(sys.argv[1])), Path(sys.argv[2]), progress=slow)
"""


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the second process in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_import_that_is_killed_leaves_no_process_and_nothing_saved(
    campaign: Campaign, tmp_path: Path, how: signal.Signals
) -> None:
    """A second process stayed for ever, and the copy of the campaign beside it as well."""
    before = every_row(campaign)
    rows = "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d}\n" for n in range(60_000))
    (tmp_path / "long.csv").write_text("Name;Phone\n" + rows, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(campaign.path), str(tmp_path / "long.csv")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as importer:  # fmt: skip
        assert importer.stdout is not None
        assert importer.stdout.readline() == "500\n"
        beside = _children(importer.pid)  # the reader, and who copies the campaign; that one may be done already
        assert not all(map(_is_gone, beside))
        open_campaign(campaign.path, campaign.now).close()  # while it lives its copy is left alone
        assert (tmp_path / "soa.campaign.before-import.unfinished").exists()
        importer.send_signal(how)
        importer.wait(30)
        # The second process has it open as well: this waits until that one ends.
        _out, said = importer.communicate(timeout=30)
    while not all(map(_is_gone, beside)):
        sleep(0.01)
    assert said.count("Traceback") == (how == signal.SIGINT)  # of the script above
    open_campaign(campaign.path, campaign.now).close()
    assert [path.name for path in tmp_path.glob("*before-import*")] == []
    assert every_row(campaign) == before
