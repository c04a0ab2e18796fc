from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from organiser_tui.tui.terminal import TypedText

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


def typed(*pieces: bytes) -> list[str]:
    """The keys and pastes that Textual makes of what arrives in these pieces, as the program reads them."""
    decoder, parser = TypedText(), XTermParser()
    texts = [text for piece in pieces if (text := decoder.decode(piece))]
    said = [one for text in texts for one in parser.feed(text) if isinstance(one, Paste | Key)]
    return [f"pasted {one.text}" if isinstance(one, Paste) else one.key for one in said]


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        ((b"a\xe9b",), ["a", "replacement_character", "b"]),
        ((b"\xed\xa0\x80",), ["replacement_character"] * 3),
        (("é".encode()[:1], "é".encode()[1:]), ["é"]),
        ((b"\x1b[A", b"\x1b[20", b"0~one\x1b[201~x"), ["up", "pasted one", "x"]),
        ((b"\x1b[200~x \x1b\x1b1 y\x1b[201~",), ["pasted x ␛␛1 y"]),
        ((b"\x1b[200~one \x1b[31mred\x1b[0m two\x1b", b"[201", b"~2"), ["pasted one ␛[31mred␛[0m two", "2"]),
        (
            (
                b"\x1b[200~[ \x1b[200~ y \x1b",
                b" z\x1b[201~",
            ),
            ["pasted [ ␛[200~ y ␛ z"],
        ),
        ((b"\x1b[200~caf\xe9\x1b[201~\x1b[200~two\x1b[201~",), ["pasted caf\ufffd", "pasted two"]),
    ],
)
def test_whatever_arrives_is_keys_or_one_paste_and_never_the_end(pieces: tuple[bytes, ...], keys: list[str]) -> None:
    """A byte of Latin-1 ended the program; an escape in a paste left the form, and a digit behind it saved the call."""
    assert typed(*pieces) == keys


@given(st.text(alphabet="\x1b[201~a1 é"), st.lists(st.integers(1, 4)))
def test_a_paste_is_the_same_however_it_is_cut(pasted: str, cuts: list[int]) -> None:
    assume("\x1b[201~" not in f"{pasted}\x1b[201"[: len(pasted) + 5])
    whole = f"\x1b[200~{pasted}\x1b[201~1"
    rest, pieces = whole.encode(), []
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    expected = whole[len("\x1b[200~") : -len("\x1b[201~1")].replace("\x1b", "␛")
    assert typed(*pieces, rest) == [f"pasted {expected}", "1"]


def test_the_keyboard_is_read_so_once_the_terminal_is_prepared() -> None:
    code = (
        "from organiser_tui.tui.terminal import TypedText, prepare_terminal; prepare_terminal();"
        "from textual.drivers import linux_driver;"
        "assert linux_driver.getincrementaldecoder('utf-8') is TypedText;"
        "assert 'getincrementaldecoder(\"utf-8\")().decode' in __import__('inspect').getsource(linux_driver)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
