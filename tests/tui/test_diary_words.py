"""The journal is read in words, never in the names of tables and kinds."""

from __future__ import annotations

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.row_words import row_words
from organiser_tui.store.registry import OF_PERSON
from organiser_tui.tui.drawing.diary import deed_words


@pytest.mark.parametrize("table", sorted(OF_PERSON))
def test_a_row_of_a_person_is_named_in_words(table: str) -> None:
    assert "_" not in row_words(table)


def test_what_was_logged_is_no_programmers_word() -> None:
    assert (deed_words(DeedKind.LOG_CONTACT), row_words("assessment")) == ("contact", "rating")
