"""How short answers are written, and what is told of a mistake."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.guides import Passage
from organiser_tui.domain.short_answers import nearest, parse_short_answers, written_short_answers

ANSWERS = [Passage("Is travel paid?", "Between two users it is work time.\nAsk for it."), Passage("Holidays?", "Yes.")]


def test_what_is_written_is_read_again() -> None:
    assert parse_short_answers(written_short_answers(ANSWERS)) == ANSWERS
    assert parse_short_answers("\n \n") == []


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("hello\n## A\nb", 1, "before the first question"),
        ("## A\n## B\nb", 1, "nothing is answered"),
        ("## A\nb\n# C\nd", 3, "begins with"),
        ("##\nb", 1, "begins with"),
        ("## A\nb\n\n## a\nd", 4, "answered already"),
        ("## A\n" + "long " * 900, 1, "is not short"),
        ("## " + "x" * 121 + "\nb", 1, "letters at most"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(OrganiserError, match=rf"Line {line}: .*{reason}"):
        parse_short_answers(text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Is travel paid?", "What of sick leave?", "Holidays"]),
        ("HOLIDAY", ["Holidays"]),
        ("leaves when sick", ["What of sick leave?", "Holidays"]),
        ("paid leave", ["Is travel paid?", "What of sick leave?", "Holidays"]),
        ("strike", []),
    ],
)
def test_what_has_to_do_with_a_question_is_found_by_the_beginnings_of_its_words(asked: str, found: list[str]) -> None:
    answers = [
        Passage("Is travel paid?", "Between two users it is work time."),
        Passage("What of sick leave?", "From the first day."),
        Passage("Holidays", "Four weeks of leave."),
    ]
    assert [answer.heading for answer in nearest(answers, asked)] == found
