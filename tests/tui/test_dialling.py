"""A number gets to the telephone: by its camera, the clipboard, or a command."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from rich.segment import Segment
from textual.pilot import Pilot

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.tui import dialling
from organiser_tui.tui.dialling import dial, own_command, qr_lines
from organiser_tui.tui.dialogs.qr_code import QrCode
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import in_call, static_text
from tests.tui.waiting import wait_for

_SCALE = 6


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path)
    yield made
    made.close()


def picture(pilot: Pilot[Any]) -> memoryview:
    """What stands on the screen as a grey picture: a cell is two squares, one above the other."""
    screen = pilot.app.screen
    lines = [strip.crop(0, screen.size.width) for strip in screen._compositor.render_strips()]
    pixels: list[bytes] = []
    for line in lines:
        upper, lower = bytearray(), bytearray()
        for text, style, _control in (Segment(*segment) for segment in line):
            fore, back = 128, 128
            if style is not None and style.color is not None and style.bgcolor is not None:
                fore, back = (sum(color.get_truecolor()) // 3 for color in (style.color, style.bgcolor))
            if style is not None and style.reverse:
                fore, back = 0, 255
            for character in text:
                upper += bytes([fore if character in "▀█" else back]) * _SCALE
                lower += bytes([fore if character in "▄█" else back]) * _SCALE
        pixels += [bytes(upper)] * _SCALE + [bytes(lower)] * _SCALE
    width = min(map(len, pixels))
    return memoryview(b"".join(row[:width] for row in pixels)).cast("B", (len(pixels), width))


def decoded(pilot: Pilot[Any]) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture(pilot))]


def number_of(campaign: Campaign, person: int | None) -> str:
    sql = "SELECT phone FROM person_figures WHERE person_id = ?"
    return str(campaign.connection.execute(sql, (person,)).fetchone()[0])


@pytest.mark.parametrize("monochrome", [False, True])
async def test_a_camera_reads_the_number_from_a_screen_of_80x24(
    campaign: Campaign, monochrome: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if monochrome:
        monkeypatch.setenv("NO_COLOR", "1")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        assert decoded(pilot) == []
        await pilot.press("Q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, QrCode), "the code")
        await pilot.pause()
        assert decoded(pilot) == [f"tel:{number_of(campaign, page.person_id)}"]
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")


@pytest.mark.parametrize("number", ["+38641123456", "+358401234567", "+441632960000", "+123456789012345"])
def test_every_code_fits_a_small_screen(number: str) -> None:
    lines = qr_lines(number)
    assert len(lines) <= 19 and {len(line) for line in lines} <= {33, 37}


async def test_the_number_goes_into_the_clipboard_and_is_shown(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        written: list[str] = []
        driver: Any = pilot.app._driver
        driver.write = written.append
        await pilot.press("y")
        number = number_of(campaign, page.person_id)
        await wait_for(pilot, lambda: number in static_text(page, "#call-said"), "what was copied")
        assert f"\x1b]52;c;{base64.b64encode(number.encode()).decode()}\a" in "".join(written)


def test_an_own_command_gets_the_number_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert own_command(file, "+38641123456") is None
    file.write_text("[dial]\ncommand = \"kdeconnect-cli --share {tel} --as '{number}'\"\n")
    assert own_command(file, "+38641123456") == [
        *("kdeconnect-cli", "--share", "tel:+38641123456", "--as", "+38641123456")
    ]  # fmt: skip
    file.write_text("[other]\n")
    assert own_command(file, "+38641123456") is None


@pytest.mark.parametrize(
    "text", ["[dial", "[dial]\ncommand = 7", "[dial]\ncommand = 'call'", '[dial]\ncommand = "a \'"']
)
def test_a_mistake_in_the_config_is_told_with_its_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(OrganiserError, match=r"config\.toml"):
        own_command(file, "+38641123456")


def test_where_nothing_dials_it_is_said_what_can_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setattr(dialling, "config_file", lambda: file)
    monkeypatch.setattr(dialling, "_by_desktop", lambda _number: None)
    with pytest.raises(OrganiserError, match="QR code"):
        dial("+38641123456", pytest.fail)
    file.write_text('[dial]\ncommand = "/no/such/thing {tel}"\n')
    with pytest.raises(OrganiserError, match="could not be started"):
        dial("+38641123456", pytest.fail)
    file.write_text('[dial]\ncommand = "a\\u0000b {tel}"\n')
    with pytest.raises(OrganiserError, match="could not be started"):
        dial("+38641123456", pytest.fail)
    file.write_text("a = " + "[" * 20_000)
    with pytest.raises(OrganiserError, match="cannot be read"):
        dial("+38641123456", pytest.fail)
    out = tmp_path / "dialled"
    code = f"import sys; open({str(out)!r}, 'w').write(sys.argv[1])"
    file.write_text(f'[dial]\ncommand = """{sys.executable} -c \\"{code}\\" {{number}}"""\n')
    started: list[Any] = []
    popen = subprocess.Popen

    def noted(*words: Any, **how: Any) -> Any:
        started.append(popen(*words, **how))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    dial("+38641123456", pytest.fail)
    (process,) = started
    assert process.wait(timeout=30) == 0
    assert out.read_text() == "+38641123456"


async def test_a_command_that_fails_is_not_said_to_have_dialled(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setattr(dialling, "config_file", lambda: file)
    file.write_text("[dial]\ncommand = 'sh -c \"exit 3\" {tel}'\n")  # by a short name: a sentence has three lines
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)

        def said() -> str:
            return " ".join(static_text(page, "#call-said").split())

        await pilot.press("enter")
        await wait_for(pilot, lambda: "sh ended with status 3: it was not dialled" in said(), "what became of it")
