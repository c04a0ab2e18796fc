"""Short answers to what people ask, as Markdown: "## " a question, and under it what to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.guides import Passage
from organiser_tui.domain.passages import LONGEST_PASSAGE, wrong_line
from organiser_tui.words import _

_LONGEST_HEADING: Final = 120
_STEM: Final = 3
"""Letters of a word that must be the same."""


def parse_short_answers(text: str) -> list[Passage]:
    """The answers that `text` holds, in their order; empty for a text of blanks alone, with which all are taken out.

    Raises OrganiserError, with the line and the reason, where it holds something else.
    """
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            found.append((number, _heading(number, line, {fold(heading) for _n, heading, _s in found}), []))
        elif line.strip():
            if not found:
                raise wrong_line(number, _("this stands before the first question, which begins with “## ”"))
            found[-1][2].append(line.strip())
    for number, heading, said in found:
        if not said:
            raise wrong_line(number, _("nothing is answered under “{heading}”").format(heading=heading))
        if sum(map(len, said)) > LONGEST_PASSAGE:
            reason = _("the answer to “{heading}” is not short: {most} letters at most")
            raise wrong_line(number, reason.format(heading=heading, most=LONGEST_PASSAGE))
    return [Passage(heading, "\n".join(said)) for _number, heading, said in found]


def written_short_answers(answers: Iterable[Passage]) -> str:
    """`answers` as parse_short_answers() reads them."""
    return "\n".join(f"## {answer.heading}\n{answer.text}\n" for answer in answers)


def nearest(answers: Sequence[Passage], asked: str) -> list[Passage]:
    """Those of `answers` that have to do with `asked`, the nearest first; all in their order where it says nothing.

    A word is found by its beginning, so that "bolniška" finds "bolniške"; one of the question counts twice.
    """
    stems = _stems(asked)
    if not stems:
        return list(answers)
    weighed = [(sum(_weight(answer, stem) for stem in stems), answer) for answer in answers]
    return [answer for weight, answer in sorted(weighed, key=lambda pair: -pair[0]) if weight]


def answers_all(answer: Passage, asked: str) -> bool:
    """Whether every word of what is `asked` is found in an answer, by its beginning."""
    return all(_weight(answer, stem) for stem in _stems(asked))


def _stems(asked: str) -> list[str]:
    return [word[: max(_STEM, len(word) - 2)] for word in fold(asked).split()]


def _weight(answer: Passage, stem: str) -> int:
    if any(word.startswith(stem) for word in fold(answer.heading).split()):
        return 2
    return int(any(word.startswith(stem) for word in fold(answer.text).split()))


def _heading(number: int, line: str, held: set[str]) -> str:
    marks, _blank, words = line.partition(" ")
    heading = clean(words)
    if marks != "##" or not fold(heading):
        raise wrong_line(number, _("a question begins with “## ”, and then its words"))
    if len(heading) > _LONGEST_HEADING:
        raise wrong_line(number, _("a question has {most} letters at most").format(most=_LONGEST_HEADING))
    if fold(heading) in held:
        raise wrong_line(number, _("“{heading}” is answered already").format(heading=heading))
    return heading
