"""Runs one command as a script would: a process of its own, folders of its own, no terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOP = Path(__file__).parent.parent
"""The checkout."""


class Ran:
    """One finished command."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)


def run(tmp_path: Path, *words: object, stdout: Any = subprocess.PIPE, largest_file: int | None = None) -> Ran:
    """Run one command; no file that it writes gets longer than `largest_file` bytes, as on a disk that is full."""
    env = {**os.environ, "LANG": "C.UTF-8", "PYTHONPATH": str(TOP)}
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        env[name] = str(tmp_path / name)
    command: Sequence[str] = [sys.executable, "-m", "organiser_tui", *map(str, words)]
    if largest_file is not None:
        limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, 2 * (int(sys.argv.pop(1)),))"
        limited += "; runpy.run_module('organiser_tui', run_name='__main__')"
        command = [sys.executable, "-c", limited, str(largest_file), *map(str, words)]
    done = subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=env, cwd=tmp_path, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done)
