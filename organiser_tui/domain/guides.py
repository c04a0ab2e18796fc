"""Conversation guides: steps to speak by, and answers to what is often said. How a guide is written, and what is wrong.

A guide is Markdown: "# " its name, "## " a step, "### " something people say, each followed by what to answer or say.
{name}, {provider} and {me} stand for her given name, where she works, and whoever calls; {provider|your provider} says
what stands there while it is not known. {union? from the union} is said to all but those to whom it may not be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from organiser_tui.domain.folding import clean
from organiser_tui.domain.passages import LONGEST_PASSAGE, wrong_line
from organiser_tui.words import _

FACTS: Final = ("name", "provider", "me", "union")
"""What stands in braces in a guide; of "union" it is told only whether it may be named."""
_LONGEST_NAME: Final = 60
_BRACES: Final = re.compile(r"\{([^{}|?]*)([|?]?)([^{}]*)\}")
"""A fact: its name, and what is said without it behind "|", or only with it behind "?"."""


def union_may_be_named(asked: int | None) -> bool:
    """Whether the union may be named to somebody who was `asked` (1 yes, 0 no); it may while nobody has asked her."""
    return asked != 0


class Passage(NamedTuple):
    """A step or an answer: its heading and what is said, with facts in braces."""

    heading: str
    text: str

    def filled_in(self, facts: Mapping[str, str]) -> str:
        """What is said, with `facts` of the person in the place of the braces."""

        def fact(found: re.Match[str]) -> str:
            name, sign, words = found.groups()
            if sign == "?":
                return words if facts.get(name) else ""
            return facts.get(name) or words

        return _BRACES.sub(fact, self.text)


class Guide(NamedTuple):
    """A guide with its steps in order and its answers."""

    name: str
    steps: tuple[Passage, ...]
    answers: tuple[Passage, ...]


def parse_guide(text: str) -> Guide:
    """The guide that `text` is.

    Raises OrganiserError, with the line and the reason, where it is none.
    """
    reader, number = _Reader(), 1
    for number, line in enumerate(text.splitlines(), 1):
        marks, _blank, heading = line.partition(" ")
        if marks == "#":
            reader.take_name(number, clean(heading))
        elif marks in ("##", "###"):
            reader.take_heading(number, marks, clean(heading))
        elif line.strip():
            reader.take_said(number, line.strip())
    return reader.guide(number)


class _Reader:
    """Gathers what the lines of a guide say; each of them may be refused."""

    def __init__(self) -> None:
        self._name = ""
        self._found: list[tuple[str, str, int, list[str]]] = []

    def take_name(self, number: int, name: str) -> None:
        if self._name:
            raise wrong_line(number, _("a guide has one name, and this is a second"))
        if not name or len(name) > _LONGEST_NAME:
            raise wrong_line(number, _("the name of a guide has 1 to {most} letters").format(most=_LONGEST_NAME))
        self._name = name

    def take_heading(self, number: int, marks: str, heading: str) -> None:
        if not self._name:
            raise wrong_line(number, _("the name of the guide stands first, behind “# ”"))
        if not heading:
            raise wrong_line(number, _("this step or answer has no heading"))
        self._found.append((marks, heading, number, []))

    def take_said(self, number: int, line: str) -> None:
        if not self._found:
            raise wrong_line(number, _("this stands before the first step, which begins with “## ”"))
        for found in _BRACES.finditer(line):
            if found[1] not in FACTS:
                reason = _("{fact} is none of the facts of a person: {facts}")
                facts = ", ".join(f"{{{known}}}" for known in FACTS)
                raise wrong_line(number, reason.format(fact=found[0], facts=facts))
        if set("{}") & set(_BRACES.sub("", line)):
            raise wrong_line(number, _("a brace stands alone: a fact is written {fact}").format(fact="{name}"))
        self._found[-1][3].append(line)

    def guide(self, last_line: int) -> Guide:
        for _marks, heading, number, said in self._found:
            if not said:
                raise wrong_line(number, _("nothing is said under “{heading}”").format(heading=heading))
            if sum(map(len, said)) > LONGEST_PASSAGE:
                reason = _("“{heading}” is longer than anybody speaks: {most} letters at most")
                raise wrong_line(number, reason.format(heading=heading[:40], most=LONGEST_PASSAGE))
        passages = [(marks, Passage(heading, " ".join(said))) for marks, heading, _number, said in self._found]
        steps = tuple(passage for marks, passage in passages if marks == "##")
        if not steps:
            raise wrong_line(last_line, _("a guide needs at least one step, which begins with “## ”"))
        return Guide(self._name, steps, tuple(passage for marks, passage in passages if marks == "###"))
