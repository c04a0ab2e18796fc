"""One small task to ask of somebody who stayed away: the next step from what she has shown. Nothing is asked here."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.words import _


class Shown(NamedTuple):
    """What somebody has shown so far; texts are '' where there is nothing."""

    open_task: str = ""
    brought: bool = False
    issue: str = ""
    skill: str = ""
    times_came: int = 1


def small_task(shown: Shown) -> str:
    """What to ask of her: what she took on comes before anything new, then what only she can do.

    Each is one thing, done in an evening, and brings her back among the others.
    """
    if shown.open_task:
        return _("how far is: {task}").format(task=shown.open_task)
    if shown.brought:
        return _("bring one colleague along")
    if shown.issue:
        return _("ask two colleagues about {issue}").format(issue=shown.issue)
    if shown.skill:
        return _("help once with {skill}").format(skill=shown.skill)
    if shown.times_came > 1:
        return _("ask one other who stayed away why")
    return _("say which day would suit her")
