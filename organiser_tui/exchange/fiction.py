"""Reads the telephone ranges that are kept for fiction; what they are good for is decided in domain/phones.py."""

from __future__ import annotations

import csv
from functools import cache

from organiser_tui.domain.phones import FictionRanges
from organiser_tui.folders import data_folder


@cache
def fiction_ranges() -> FictionRanges:
    """The ranges of data/fiction_phones.csv, read once."""
    with (data_folder() / "fiction_phones.csv").open(encoding="utf-8", newline="") as rows:
        return FictionRanges(tuple(row["numbers"] for row in csv.DictReader(rows)))
