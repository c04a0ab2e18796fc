"""Whatever stands in a list, every row of it is told: read = added + matched + rejected + questions."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import write_rejects
from organiser_tui.store.campaign import open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_batch
from tests.exchange.conftest import BringIn
from tests.store.building import Clock
from tests.store.test_figures import assert_figures_follow

HEADINGS = ("Name", "Phone", "Provider", "E-mail", "Place", "Do not call", "Rating", "From", "Shoe size")
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "Ana Novak",
                "novak ana",
                "Bor Kos",
                "Marija Horvat ml.",
                "Skupaj: 3",
                "12",
                "x",
                "no",
                "3",
                "6",
            ),
            *("041 123 456", "+386 41 123 456", "041/123-456, 031 000 111", "1", "none", "Lipa", "zasebni delodajalec"),
            *(
                "Lipa, Zavod Bor",
                "ana@example.org",
                "ANA@example.org",
                "a@b",
                "Kranj",
                "Nowhere",
                "21.2.2020",
                "3/4/20",
            ),
            *('"', "a;b", "line\nfeed", "[/b]", "\x1b[2J", "\u202e", "=1+1"),
        ]
    ),
    st.text(max_size=12).filter(lambda text: "\0" not in text and "\ue000" not in text),
)
LISTS = st.lists(st.lists(CELLS, min_size=1, max_size=len(HEADINGS) + 1), min_size=1, max_size=12)


def as_csv(rows: list[list[str]], delimiter: str) -> str:
    """The rows below their headings as a spreadsheet would save them."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return written.getvalue()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lists=st.lists(LISTS, min_size=1, max_size=2),
    delimiter=st.sampled_from(",;\t"),
    existing=st.sampled_from(["fill", "update", "skip"]),
)
def test_every_row_is_told(
    templates: dict[str, Path], lists: list[list[list[str]]], delimiter: str, existing: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        campaign = open_campaign(Path(shutil.copyfile(templates["SI"], Path(folder) / "a.campaign")), Clock())
        campaign.connection.execute("PRAGMA synchronous = OFF")
        batches = []
        for rows in lists:
            path = Path(folder) / "list.csv"
            path.write_bytes(as_csv([*rows, ["Eva Lah"]], delimiter).encode("utf-8", "surrogatepass"))
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            report = import_file(campaign, path, existing=existing)  # type: ignore[arg-type]
            blank = sum(1 for row in rows if not any(cell.strip() for cell in row))
            assert report.read == len(rows) + 1 - blank
            assert report.read == report.added + report.matched + report.rejected + report.questions
            assert report.changed <= report.matched
            assert len(report.not_taken) == report.rejected + report.questions
            people = campaign.connection.execute("SELECT count(*) FROM person WHERE source = 'list.csv'").fetchone()[0]
            assert people >= report.added
            batches.append(report.batch)
        assert faults_of(campaign) == []
        assert_figures_follow(campaign)
        for batch in reversed(batches):
            assert batch is not None
            undo_batch(campaign, batch)
        assert campaign.connection.execute("SELECT count(*) FROM person WHERE gone_by IS NULL").fetchone() == (0,)
        assert_figures_follow(campaign)
        campaign.close()


def test_rows_not_taken_can_be_written_out_mended_and_brought_in_again(bring_in: BringIn, tmp_path: Path) -> None:
    report = bring_in('Name;Phone;Note\n;041 000 001;"=cmd|calc; +1"\nAna;041 000 002;\nBor;041 000 002;\n')
    out = tmp_path / "rejects.csv"
    assert write_rejects([report], out) == 2
    assert out.stat().st_mode & 0o777 == 0o600
    text = out.read_text(encoding="utf-8")
    assert text.startswith("\ufeffName;Phone;Note;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[:3] for row in rows[1:]] == [["", "041 000 001", "'=cmd|calc; +1"], ["Bor", "041 000 002", ""]]
    assert [row[4] for row in rows[1:]] == ["2", "4"]
    assert rows[2][5] == "Ana has the same number. Is it the same person as Bor?"
    again = bring_in(text.replace(";041 000 001", "Cene;041 000 001"), "mended.csv")
    assert (again.read, again.added, again.questions) == (2, 1, 1)
