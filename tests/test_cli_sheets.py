"""Contact sheets on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import run


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_a_sheet_is_written_for_the_door_of_the_next_event_of_a_name(
    demo: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    event = next(e for e in run(tmp_path, "events", demo, "--json").json() if e["invited"] and e["came"] is None)
    written = run(tmp_path, "sheet", demo, "--event", event["name"], "--to", f"door.{ending}")
    assert written.status == 0, written.err
    assert written.out.startswith(f"door.{ending}: ") and written.out.endswith(" awaited\n")
    assert (tmp_path / f"door.{ending}").read_bytes().startswith(begins)
    assert (tmp_path / f"door.{ending}").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--to", "a.pdf"), 2, "--list or an event by --event"),
        (("--list", "pomurje", "--event", "x", "--to", "a.pdf"), 2, "one of both"),
        (("--list", "pomurje", "--to", "a.doc"), 1, "ends in .pdf, .xlsx or .csv"),
        (("--event", "nothing like it", "--to", "a.pdf"), 1, "No event fits"),
    ],
)
def test_a_sheet_that_cannot_be_meant_is_refused(
    demo: Path, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    refused = run(tmp_path, "sheet", demo, *words)
    assert (refused.status, said in refused.err) == (status, True), refused.err
    assert not list(tmp_path.glob("a.*"))
