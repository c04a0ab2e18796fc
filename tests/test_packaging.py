"""What a person gets who installs the program: its data, its styles, and nothing that only works in a checkout."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from organiser_tui import __version__, folders

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `pip install .` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def beneath(folder: Path, *patterns: str) -> set[str]:
    """Paths of a folder's files that match, as they stand in the checkout."""
    found = (path for pattern in patterns for path in folder.rglob(pattern))
    return {path.relative_to(CHECKOUT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_data_is_found_in_the_checkout() -> None:
    assert folders.data_folder() == CHECKOUT / "data"


def test_the_wheel_holds_code_styles_catalogues_and_data(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    wanted = beneath(CHECKOUT / "organiser_tui", "*.py", "*.sql", "*.tcss", "*.mo", "py.typed")
    wanted |= {f"organiser_tui/{path}" for path in beneath(CHECKOUT / "data", "*.csv", "*.md", "*.ttf", "*.txt")}
    assert wanted - inside == set()
    assert {path for path in inside if path.startswith("tests/")} == set()
    assert "organiser_tui/data/regions.csv" in inside
    assert {f"organiser_tui/data/fonts/{name}" for name in ("DejaVuSansCondensed.ttf", "LICENSE.txt")} <= inside


def test_the_wheel_carries_the_whole_licence_and_the_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        information = f"organiser_tui-{__version__}.dist-info"
        licence = archive.read(f"{information}/licenses/LICENSE").decode()
        commands = archive.read(f"{information}/entry_points.txt").decode()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence
    assert "17. Interpretation of Sections 15 and 16." in licence
    assert "organiser-tui = organiser_tui.__main__:main" in commands


def test_the_installed_program_reads_its_own_data_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from organiser_tui import folders, reference\n"
        "print(folders.data_folder(), len(reference.regions('SI')))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split() == [str(tmp_path / "site" / "organiser_tui" / "data"), "12"], done.stderr


def test_the_readme_begins_with_the_two_one_line_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (CHECKOUT / "README.md").read_text(encoding="utf-8"), re.S)
    opens, passes_tests = (block.strip() for block in blocks[:2])
    assert "\n" not in opens
    assert opens.endswith("organiser-tui demo")
    assert "\n" not in passes_tests
    assert "pytest" in passes_tests
