"""How a guide is written, and what is wrong with one that is not."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.guides import FACTS, parse_guide
from organiser_tui.folders import data_folder

LANGUAGES = ("sl", "fi", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_that_ship_are_whole(language: str) -> None:
    guide = parse_guide((data_folder() / "guides" / f"{language}.md").read_text(encoding="utf-8"))
    assert (len(guide.steps), len(guide.answers)) == (7, 3)
    for passage in (*guide.steps, *guide.answers):
        assert 20 <= len(passage.text.split()) <= 90, passage.heading  # as long as one speaks before the other does
    said = " ".join(passage.text for passage in guide.steps)
    assert all(f"{{{fact}" in said for fact in FACTS)
    whole = [passage.filled_in({"name": "Maja", "me": "Ana", "provider": ""}) for passage in guide.steps]
    assert not any("  " in text or "{" in text or " ?" in text for text in whole)


def test_facts_are_filled_in_and_nothing_else_is_read_as_one() -> None:
    guide = parse_guide("# A\n\n## Listen\nHello {name}\nfrom {provider}.\n### No?\nWell.\n")
    assert guide.steps[0].filled_in({"name": "{provider}", "provider": "Lipa"}) == "Hello {provider} from Lipa."
    assert (guide.name, guide.answers[0]) == ("A", ("No?", "Well."))
    unknown = parse_guide("# A\n## B\nat {provider|your provider}").steps[0]
    assert unknown.filled_in({"provider": ""}) == "at your provider"
    assert unknown.filled_in({"provider": "Lipa"}) == "at Lipa"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "at least one step"),
        ("# A", 1, "at least one step"),
        ("## Listen\nHello", 1, "stands first"),
        ("# A\nhello\n## Listen\nHello", 2, "before the first step"),
        ("# A\n## Listen\n\n## Ask\nSign?", 2, "nothing is said"),
        ("# A\n## Listen\n" + "long " * 900, 2, "longer than anybody speaks"),
        ("# A\n## Listen\nHello {nmae}", 3, "{nmae} is none of the facts"),
        ("# A\n## Listen\nHello\n# B", 4, "a second"),
        ("# A\n##\nHello", 2, "no heading"),
        ("# " + "A" * 61 + "\n## Listen\nHello", 1, "letters"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(OrganiserError) as refused:
        parse_guide(text)
    assert str(refused.value).startswith(f"Line {line}: ") and reason in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_union_may_not_be_named_no_guide_names_it(language: str) -> None:
    """“Do not name the union” stood beside the words “from the union”."""
    guide = parse_guide((data_folder() / "guides" / f"{language}.md").read_text(encoding="utf-8"))
    facts = {"name": "Ana", "provider": "Lipa", "me": "Eva"}
    named = guide.steps[0].filled_in(facts | {"union": "named"})
    silent = guide.steps[0].filled_in(facts | {"union": ""})
    words = {"en": "from the union", "fi": "liitosta", "sl": "iz sindikata"}
    assert words[language] in named and words[language] not in silent
    assert "{" not in named + silent and "  " not in silent
