from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TALK = """
import sys
from organiser_tui.tui.terminal import prepare_terminal
prepare_terminal()
print("Žužek")
print("Čuk", file=sys.__stderr__)
"""


def test_letters_survive_a_locale_that_has_none() -> None:
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run([sys.executable, "-c", TALK], env=environment, capture_output=True, timeout=60, check=True)
    assert done.stdout.decode() == "Žužek\n"
    assert done.stderr.decode() == "Čuk\n"


def test_the_start_loads_no_markdown_and_no_page() -> None:
    code = "import sys, organiser_tui.tui.app; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert not {name for name in loaded if name.startswith("organiser_tui.tui.pages.")}
    assert not loaded & {"markdown_it", "textual.widgets._markdown", "textual.widgets._text_area"}
    assert not {name for name in loaded if name.startswith("organiser_tui.store")}
