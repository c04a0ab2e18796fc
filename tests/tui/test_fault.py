from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = """
import sys
from rich.text import Text
from tests.tui.made_up import BarePage, made_up_app

class NamedError(Exception):
    def __rich__(self):
        return Text("Spela Zagar 041 000 456")

def inner(person, how):
    number = "+38641000456"
    note = "Spela Zagar hates the schedule"
    if how == "worker":
        raise ValueError(f"{person} has no number {number}")
    if how == "rich":
        raise NamedError(f"{person} {note}")
    try:
        {}[person]
    except KeyError as error:
        raise RuntimeError(f"cannot call {person} on {number}") from error

class Crashing(BarePage):
    def on_screen_resume(self):
        person = "Spela Zagar"
        if sys.argv[1] == "worker":
            self.run_worker(lambda: inner(person, "worker"), thread=True)
        else:
            inner(person, sys.argv[1])

app = made_up_app(first="1", replaced={"today": Crashing})
app.run(headless=True)
sys.exit(app.return_code)
"""


@pytest.mark.parametrize(
    ("how", "error"), [("plain", "RuntimeError"), ("worker", "ValueError"), ("rich", "NamedError")]
)
def test_a_fault_leaves_a_report_without_names_or_numbers(how: str, error: str, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", CRASH, how], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    said = done.stdout + done.stderr
    reports = list((tmp_path / "organiser-tui").glob("fault-*.txt"))
    assert len(reports) == 1
    report = reports[0].read_text(encoding="utf-8")
    assert stat.S_IMODE(reports[0].stat().st_mode) == 0o600
    for value in ("Spela", "Zagar", "41000456", "000 456", "schedule"):
        assert value not in said
        assert value not in report
    assert "What was saved is saved." in said
    assert str(reports[0]) in said
    assert error in report
    assert " in inner" in report
    assert "Traceback" not in said
