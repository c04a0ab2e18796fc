"""Where things lie on this machine: the package, its data, the own folders. Nothing here reads a campaign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

_APP = "organiser-tui"


def package_folder() -> Path:
    """The folder of the installed package."""
    return Path(__file__).resolve().parent


def data_folder() -> Path:
    """`data/` inside the installed wheel, else beside the package in a checkout.

    Raises FileNotFoundError where neither is there: the installation is broken.
    """
    package = package_folder()
    for folder in (package / "data", package.parent / "data"):
        if (folder / "regions.csv").is_file():
            return folder
    raise FileNotFoundError(f"the data of organiser-tui is missing beside {package}")


def config_file() -> Path:
    """What its owner has set for this machine, in TOML; it need not be there."""
    return platformdirs.user_config_path(_APP) / "config.toml"


def state_folder() -> Path:
    """What belongs to this device and never to a campaign (device id, last campaign); made with mode 0700."""
    folder = platformdirs.user_state_path(_APP)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def is_a_file(path: Path) -> bool:
    """Whether a file lies at `path`; none does where no file system takes it: too long, or with a NUL."""
    return _asked(path.is_file)


def is_a_folder(path: Path) -> bool:
    """Whether a folder lies at `path`, likewise."""
    return _asked(path.is_dir)


def is_there(path: Path) -> bool:
    """Whether anything lies at `path`, likewise."""
    return _asked(path.exists)


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):
        return False
