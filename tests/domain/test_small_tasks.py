"""The one small thing that is asked of somebody who stayed away."""

from __future__ import annotations

import pytest

from organiser_tui.domain.small_tasks import Shown, small_task


@pytest.mark.parametrize(
    ("shown", "task"),
    [
        (Shown("print leaflets", brought=True, issue="pay"), "how far is: print leaflets"),
        (Shown(brought=True, issue="pay"), "bring one colleague along"),
        (Shown(issue="pay", skill="drawing"), "ask two colleagues about pay"),
        (Shown(skill="drawing", times_came=3), "help once with drawing"),
        (Shown(times_came=2), "ask one other who stayed away why"),
        (Shown(), "say which day would suit her"),
    ],
)
def test_what_she_took_on_comes_before_anything_new(shown: Shown, task: str) -> None:
    assert small_task(shown) == task
