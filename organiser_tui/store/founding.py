"""Founds a campaign: its settings, its regions and its first words. Real providers are never put in by themselves."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from random import Random

from organiser_tui import reference
from organiser_tui.domain.clock import Now
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.store.campaign import Campaign, make_file
from organiser_tui.store.engine import remove_file
from organiser_tui.store.journal import Deed, Row
from organiser_tui.words import _

LANGUAGES = {"SI": "sl", "FI": "fi"}
"""Whose alphabet orders the lists of a country; elsewhere English."""

CHANNELS = (
    ("call", 1),
    ("meet-up", 1),
    ("visit", 1),
    ("meeting", 1),
    ("text", 1),
    ("e-mail", 1),
    ("mailing list", 0),
    ("social network", 0),
    ("forwarded by provider", 0),
)
ISSUES = (
    ("schedules", "s"),
    ("pay", "p"),
    ("travel", "t"),
    ("breaks", "b"),
    ("sick leave", "l"),
    ("dismissal", "d"),
    ("contract", "c"),
    ("health", "h"),
)
ASK_KINDS = ("sign", "come", "bring someone", "take a task", "mandate", "pledge")
EVENT_KINDS = ("workshop", "meeting", "meet-up", "assembly", "public act")
PROVIDER_KINDS = (
    "disability association",
    "non-profit",
    "company",
    "public",
    "self-employed",
    "private employer",
    "unknown",
)
CONNECTION_KINDS = ("colleague", "friend", "family", "same shifts", "follows", "brought")


def found_campaign(
    path: Path, country: str, now: Now, *, name: str = "", zone: str = "", random: Random | None = None
) -> Campaign:
    """A new campaign at `path` with the regions that data/ has for `country` (ISO 3166 alpha-2, either case).

    Raises OrganiserError where the country is not one or the file cannot be made.
    """
    country = country.strip().upper()
    zone = zone or _zone_of(country)
    campaign = make_file(path, now, random=random)
    with ExitStack() as half_made:
        half_made.callback(remove_file, path)
        half_made.callback(campaign.close)
        _fill(campaign, country, zone, name or path.stem, random)
        half_made.pop_all()  # it is whole: it stays
    campaign.forget()
    return campaign


def _fill(campaign: Campaign, country: str, zone: str, name: str, random: Random | None) -> None:
    identity = random.randbytes(16).hex() if random else secrets.token_hex(16)
    settings = {
        "campaign": identity,
        "name": name,
        "country": country,
        "zone": zone,
        "language": LANGUAGES.get(country, "en"),
    }
    with campaign.write(DeedKind.FOUND) as deed:
        _insert(deed, "setting", ("name", "value"), list(settings.items()))
        _insert_words(deed)
        _insert(
            deed,
            "region",
            ("code", "name", "also"),
            [(r.code, r.name, "|".join((r.name_en, *r.alt_names))) for r in reference.regions(country)],
        )
        _insert(
            deed,
            "municipality",
            ("code", "region_code", "name", "also"),
            [(m.code, m.region_code, m.name, m.name_alt) for m in reference.municipalities(country)],
        )


def _insert(deed: Deed, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Words with what belongs to them; the first of `columns` is the word."""
    deed.insert_many(table, ("id", *columns), [(word_id(table, row[0]), *row) for row in rows])


def _insert_words(deed: Deed) -> None:
    outcomes = [(o.effect.value, o.effect.value, n) for n, o in enumerate(OUTCOMES, 1)]
    channels = [(code, personal, n) for n, (code, personal) in enumerate(CHANNELS, 1)]
    issues = [(code, letter, n) for n, (code, letter) in enumerate(ISSUES, 1)]
    cards = [(card.value, int(card is Card.ON_FILE), n) for n, card in enumerate(Card, 1)]
    _insert(deed, "outcome", ("code", "effect", "position"), outcomes)
    _insert(deed, "channel", ("code", "personal", "position"), channels)
    _insert(deed, "issue", ("code", "letter", "position"), issues)
    _insert(deed, "card_state", ("code", "member", "position"), cards)
    for table, codes in (
        ("ask_kind", ASK_KINDS),
        ("event_kind", EVENT_KINDS),
        ("provider_kind", PROVIDER_KINDS),
        ("connection_kind", CONNECTION_KINDS),
    ):
        _insert(deed, table, ("code", "position"), [(code, n) for n, code in enumerate(codes, 1)])


def _zone_of(country: str) -> str:
    """The first time zone that the IANA table names for `country`."""
    table = files("tzdata") / "zoneinfo" / "zone.tab"
    for line in table.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if not line.startswith("#") and fields[0] == country:
            return fields[2]
    sentence = _("{country} is not a country code. Use two letters, such as SI, FI or GB.")
    raise OrganiserError(sentence.format(country=country))
