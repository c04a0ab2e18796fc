"""How a question of a call list is written, and what may be answered to it."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.questions import QuestionDraft, QuestionKind, parse_question

READ = [
    ("Can you come on Saturday? [y/n]", QuestionDraft("Can you come on Saturday?", QuestionKind.YES_NO)),
    ("Can you come? [Yes/No]", QuestionDraft("Can you come?", QuestionKind.YES_NO)),
    ("How many hours a week? [123]", QuestionDraft("How many hours a week?", QuestionKind.NUMBER)),
    ("When do you work? [days / nights / both]",
     QuestionDraft("When do you work?", QuestionKind.CHOICE, ("days", "nights", "both"))),
    ("What would have to change?", QuestionDraft("What would have to change?")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "draft"), READ)
def test_a_question_is_read_as_it_is_written_and_written_as_it_is_read(line: str, draft: QuestionDraft) -> None:
    assert parse_question(line) == draft
    assert parse_question(draft.written) == draft


@pytest.mark.parametrize("line", ["", "[y/n]", "Come? [y/n", "Come? [only one]", "Come? []", "x" * 121, "a [y/n] b"])
def test_what_is_no_question_is_told_in_a_sentence(line: str) -> None:
    with pytest.raises(OrganiserError):
        parse_question(line)


def test_answers_are_kept_in_one_writing_and_others_refused() -> None:
    choice = parse_question("When? [days/nights]")
    assert choice.checked(" NIGHTS ") == "nights"
    assert parse_question("Hours? [123]").checked("12,5") == "12.5"
    assert parse_question("Come? [y/n]").checked("Yes") == "yes"
    for draft, answer in (
        (choice, "mornings"),
        (parse_question("Hours? [123]"), "many"),
        (parse_question("Why?"), " "),
    ):
        with pytest.raises(OrganiserError):
            draft.checked(answer)
