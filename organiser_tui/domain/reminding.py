"""When somebody who said she comes to an event is reminded of it: three days before, and again the day before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

REMIND_BEFORE: Final = (3, 1)
"""Days before an event, the first reminder first."""
_COMES: Final = frozenset({"yes", "maybe", "later"})


def reminder_due(starts: date, today: date, answer: str, last_told: str) -> bool:
    """Whether somebody whose last answer was `answer` is to be reminded on day `today` of an event on day `starts`.

    `last_told` is the day (ISO, '' for none) on which she last said so or was reminded: since the last of REMIND_BEFORE
    that has come, once is enough. Whoever said no, or nothing, is reminded of nothing; nor is anybody once it is over.
    """
    left = (starts - today).days
    begun = [days for days in REMIND_BEFORE if left <= days]
    if left < 0 or not begun or answer not in _COMES:
        return False
    return last_told < (starts - timedelta(days=begun[-1])).isoformat()
