"""What may be meant by the beginning of a word: providers, places, tags and other words that the campaign holds.

What most people have stands first, what was made last where people have nothing to do with it.
"""

from __future__ import annotations

from organiser_tui.domain.figures import EVERY_REGION
from organiser_tui.domain.folding import fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.matching import provider_called

_SAMPLE = 20_000  # rows looked at for words that no vocabulary lists
_VOCABULARY = {
    "provider-kind": "SELECT code FROM provider_kind WHERE gone_by IS NULL ORDER BY position",
    "outcome": "SELECT effect FROM outcome WHERE gone_by IS NULL ORDER BY position",
    "heard": "SELECT code FROM channel WHERE gone_by IS NULL ORDER BY position",
    "issue": "SELECT code FROM issue WHERE gone_by IS NULL ORDER BY position",
    "region": (
        "SELECT r.name FROM region r LEFT JOIN provider_figures g ON g.provider_id = -1 AND g.region_code = r.code"
        " WHERE r.gone_by IS NULL ORDER BY coalesce(g.known, 0) DESC, r.name"
    ),
    "place": "SELECT name FROM municipality WHERE gone_by IS NULL ORDER BY name",
    "mandate": (
        "SELECT c.question || said.column1 FROM consultation c,"
        " (VALUES (''), (' not voted'), (' voted'), (' yes'), (' no'), (' abstain'), (' with amendment')) said"
        " WHERE c.gone_by IS NULL ORDER BY c.opened_on DESC, c.id DESC"
    ),
    "event": "SELECT name FROM event WHERE gone_by IS NULL ORDER BY starts DESC",
    "group": "SELECT name FROM meeting_group WHERE gone_by IS NULL ORDER BY name",
    "list": "SELECT name FROM call_list WHERE gone_by IS NULL ORDER BY made_at DESC",
    "custom": "SELECT name FROM custom_field WHERE gone_by IS NULL ORDER BY name",
    # One seek in the index a tag, however many people wear it; how many do is judged by the latest.
    "tag": (
        "WITH RECURSIVE held (word) AS (SELECT min(tag) FROM tag WHERE gone_by IS NULL UNION ALL"
        " SELECT (SELECT min(t.tag) FROM tag t WHERE t.tag > held.word AND t.gone_by IS NULL) FROM held"
        " WHERE held.word IS NOT NULL) SELECT word FROM held LEFT JOIN (SELECT tag, count(*) AS worn FROM (SELECT tag"
        f" FROM tag WHERE gone_by IS NULL ORDER BY id DESC LIMIT {_SAMPLE}) GROUP BY tag) ON tag = word"
        " WHERE word IS NOT NULL ORDER BY coalesce(worn, 0) DESC, word"
    ),
    **{
        name: f"SELECT word FROM (SELECT {column} AS word FROM {table} WHERE gone_by IS NULL"
        f" ORDER BY id DESC LIMIT {_SAMPLE}) WHERE word <> '' GROUP BY word ORDER BY count(*) DESC, word"
        for name, table, column in (
            ("language", "person_language", "language"),
            ("skill", "skill", "skill"),
            ("gender", "person", "gender"),
            ("source", "person", "source"),
        )
    },
}


def words_like(campaign: Campaign, name: str, typed: str, limit: int = 8) -> list[str]:
    """Words for the filter field `name` of which one begins as `typed` does; [] for fields with any text at all."""
    if name in ("provider", "worked-at"):
        return providers_like(campaign, typed, limit)
    question = _VOCABULARY.get(name)
    if question is None:
        return []
    words = [str(word) for (word,) in campaign.connection.execute(question)]
    return best_fits(words, typed, limit)


def providers_like(campaign: Campaign, typed: str, limit: int = 8) -> list[str]:
    """Names of providers that hold `typed`, those where most people are known first."""
    rows = campaign.connection.execute(
        "SELECT v.name FROM provider v LEFT JOIN provider_figures g ON g.provider_id = v.id AND g.region_code = ?"
        " WHERE v.gone_by IS NULL AND v.folded LIKE '%' || ? || '%' ORDER BY v.folded LIKE ? || '%' DESC,"
        " coalesce(g.known, 0) DESC, v.name LIMIT ?",
        (EVERY_REGION, fold(typed), fold(typed), limit),
    )
    return [row[0] for row in rows]


def municipality_named(campaign: Campaign, name: str) -> str | None:
    """The code of the municipality that is called `name`, in either of its languages; None where there is none."""
    wanted = fold(name)
    for code, own, also in campaign.connection.execute(
        "SELECT code, name, also FROM municipality WHERE gone_by IS NULL ORDER BY code"
    ):
        if wanted and wanted in (fold(own), fold(also)):
            return str(code)
    return None


def best_fits(words: list[str], typed: str, limit: int) -> list[str]:
    """Those of `words` that hold `typed`, in their order; those that begin with it first."""
    wanted = fold(typed)
    fitting = [word for word in words if wanted in fold(word)]
    return sorted(fitting, key=lambda word: not fold(word).startswith(wanted))[:limit]


def provider_named(campaign: Campaign, name: str) -> str | None:
    """The name of the provider that is called so, as provider_called() finds it; None where there is none."""
    provider = provider_called(campaign, name)
    return None if provider is None else provider.name
