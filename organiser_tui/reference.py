"""What the program knows before any campaign: regions, municipalities, public providers and names.

Reads the CSV files of `data/` (their sources stand in data/SOURCES.md), each once and only when asked for; it names the
fonts there, too.
Nothing here knows a campaign, and nothing here is ever put into one by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from organiser_tui.folders import data_folder


class Region(NamedTuple):
    """One region of a country, by its official code."""

    country: str
    code: str
    name: str
    name_en: str
    alt_names: tuple[str, ...]


class Municipality(NamedTuple):
    """One municipality; `name_alt` is its name in the other official language, else empty."""

    country: str
    region_code: str
    code: str
    name: str
    name_alt: str


class PublicProvider(NamedTuple):
    """A real organisation that a public page names; `region_code` is empty where it works everywhere."""

    country: str
    name: str
    kind: str
    region_code: str
    role: str
    source: str


class Name(NamedTuple):
    """A given or family name of one language; `gender` is F, M or empty (either); weights compare within a language."""

    lang: str
    gender: str
    name: str
    weight: int


NOT_PROVIDERS = frozenset({"union", "umbrella", "employers' body", "advice"})
"""Roles in providers_public.csv of those who employ no assistants."""

LANGUAGES = {
    "SI": ("sl", "bs", "sr", "mk", "sq", "uk"),
    "FI": ("fi", "sv", "ru", "et", "so", "ar", "fil"),
    "GB": ("en", "so", "ar", "fil"),
}
"""Whose names are met among the assistants of a country, the commonest language first."""


def regions(country: str) -> tuple[Region, ...]:
    """The regions of `country` (ISO code, either case) in official order; none where data/ has none."""
    return _regions().get(country.upper(), ())


def municipalities(country: str) -> tuple[Municipality, ...]:
    """The municipalities of `country` (ISO code, either case) in official order; none where data/ has none."""
    return _municipalities().get(country.upper(), ())


def public_providers(country: str) -> tuple[PublicProvider, ...]:
    """Real organisations of `country` to suggest where a provider is typed: no unions, umbrella bodies or advice."""
    return tuple(row for row in known_organisations(country) if row.role not in NOT_PROVIDERS)


def known_organisations(country: str) -> tuple[PublicProvider, ...]:
    """Every real organisation of `country` that data/ names, whatever its role."""
    return tuple(row for row in _public_providers() if row.country == country.upper())


@cache
def given_names(country: str, fold: Callable[[str], str] = str.casefold) -> frozenset[str]:
    """Given names met in `country`, each passed through `fold`; those of every language where it is not known."""
    languages = LANGUAGES.get(country.upper(), tuple(_names("names_first.csv")))
    return frozenset(fold(row.name) for lang in languages for row in first_names(lang))


def first_names(lang: str) -> tuple[Name, ...]:
    """Given names of a language, by gender, the commonest first; none where data/ has none."""
    return _names("names_first.csv").get(lang, ())


def last_names(lang: str) -> tuple[Name, ...]:
    """Family names of a language, the commonest first; none where data/ has none."""
    return _names("names_last.csv").get(lang, ())


@cache
def demo_words(country: str) -> dict[str, tuple[str, ...]]:
    """The texts that a made-up campaign in `country` is told with, by part; empty where data/ has none."""
    found: dict[str, list[str]] = {}
    for row in _rows("demo_words.csv"):
        if row["country"] == country.upper():
            found.setdefault(row["part"], []).append(row["text"])
    return {part: tuple(texts) for part, texts in found.items()}


@cache
def shipped_texts(folder: str, language: str) -> tuple[str, ...]:
    """The Markdown texts of a folder in data/, the one in `language` ("sl") first, English where there is none."""
    files = sorted((data_folder() / folder).glob("*.md"), key=lambda file: (file.stem != language, file.stem != "en"))
    return tuple([file.read_text(encoding="utf-8") for file in files])


def font_file(name: str) -> Path:
    """The file of a font that comes with the program."""
    return data_folder() / "fonts" / name


def _rows(file: str) -> list[dict[str, str]]:
    with (data_folder() / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _regions() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for row in _rows("regions.csv"):
        others = tuple(name for name in row["alt_names"].split("|") if name)
        region = Region(row["country"], row["code"], row["name"], row["name_en"], others)
        found.setdefault(region.country, []).append(region)
    return {country: tuple(rows) for country, rows in found.items()}


@cache
def _municipalities() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for row in _rows("municipalities.csv"):
        found.setdefault(row["country"], []).append(Municipality(**row))
    return {country: tuple(rows) for country, rows in found.items()}


@cache
def _public_providers() -> tuple[PublicProvider, ...]:
    return tuple(PublicProvider(**row) for row in _rows("providers_public.csv"))


@cache
def _names(file: str) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for row in _rows(file):
        name = Name(row["lang"], row["gender"], row["name"], int(row["weight"]))
        found.setdefault(name.lang, []).append(name)
    return {lang: tuple(rows) for lang, rows in found.items()}
