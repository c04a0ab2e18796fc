"""The filter language of people: what may be asked, and how it is read. How it is answered is the store's business.

provider:lipa and not signed:yes        rating<=2 or activist:yes        (region:koroška or tag:night) novak
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold, search_terms
from organiser_tui.domain.promises import CountedOn
from organiser_tui.domain.signups import Stage
from organiser_tui.words import _


class Kind(StrEnum):
    """What the value of a field is."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DAYS = "days"
    FLAG = "flag"


class Field(NamedTuple):
    """One thing that may be asked of a person."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("provider", Kind.TEXT),
    Field("worked-at", Kind.TEXT),
    Field("provider-kind", Kind.TEXT),
    Field("region", Kind.TEXT),
    Field("counts-at-provider", Kind.TEXT),
    Field("counts-at-region", Kind.TEXT),
    Field("place", Kind.TEXT),
    Field("name", Kind.TEXT),
    Field("phone", Kind.TEXT),
    Field("email", Kind.TEXT),
    Field(
        "card",
        Kind.CHOICE,
        ("none", "form out", "signed", "on file", "returned incomplete", "ended", "in another union"),
    ),
    Field("signup", Kind.CHOICE, tuple(stage.value for stage in Stage)),
    Field("counted", Kind.CHOICE, tuple(counted.value for counted in CountedOn)),
    Field("last-involved", Kind.DAYS),
    Field("rating", Kind.NUMBER, ("1", "2", "3", "4", "5", "none")),
    Field("rated", Kind.DAYS),
    Field("isolation", Kind.CHOICE, ("isolated", "own provider only", "connected", "not asked")),
    Field("last-contact", Kind.DAYS),
    Field("last-conversation", Kind.DAYS),
    Field("attempts", Kind.NUMBER),
    Field("outcome", Kind.TEXT),
    Field("spoken-with", Kind.FLAG),
    Field("reached", Kind.FLAG),
    Field("asked", Kind.FLAG),
    Field("signed", Kind.FLAG),
    Field("unreached-provider", Kind.FLAG),
    Field("undecided", Kind.FLAG),
    Field("has-phone", Kind.FLAG),
    Field("due", Kind.FLAG),
    Field("wants-answer", Kind.FLAG),
    Field("handed-over", Kind.FLAG),
    Field("do-not-contact", Kind.FLAG),
    Field("leader", Kind.FLAG),
    Field("activist", Kind.FLAG),
    Field("work", Kind.CHOICE, ("assistant", "neighbouring service", "other")),
    Field("position", Kind.CHOICE, ("worker", "coordinator", "manager", "owner")),
    Field("gender", Kind.TEXT),
    Field("language", Kind.TEXT),
    Field("skill", Kind.TEXT),
    Field("tag", Kind.TEXT),
    Field("heard", Kind.TEXT),
    Field("source", Kind.TEXT),
    Field("issue", Kind.TEXT),
    Field("answered", Kind.TEXT),
    Field("mandate", Kind.TEXT),
    Field("note", Kind.TEXT),
    Field("event", Kind.TEXT),
    Field("group", Kind.TEXT),
    Field("list", Kind.TEXT),
    Field("custom", Kind.TEXT),
    Field("left-work", Kind.FLAG),
)
FIELD: dict[str, Field] = {field.name: field for field in FIELDS}
_MOST_DIGITS = 9


class Words(NamedTuple):
    """Free words: the search over names, numbers, providers and places."""

    text: str


class Test(NamedTuple):
    """One field compared with a value."""

    field: Field
    operator: str
    value: str


class Not(NamedTuple):
    """What must not hold."""

    inner: Filter


class All(NamedTuple):
    """Everything must hold."""

    parts: tuple[Filter, ...]


class Any(NamedTuple):
    """One of them must hold."""

    parts: tuple[Filter, ...]


Filter = Words | Test | Not | All | Any

_TOKEN = re.compile(
    r"\s*(?:(?P<bracket>[()])|(?P<field>[\w-]+)\s*(?P<operator><=|>=|!=|:|=|<|>)\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s()]*))"
    r"|\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s()]+))"
)
_JOINERS = {"and", "or", "not"}
_MOST_WORDS = 300
_DEEPEST = 40
_LONGEST_VALUE = 1000


def is_filter(text: str) -> bool:
    """Whether `text` is more than words to search for: it compares a field, one that there is or not, or joins words.

    Brackets alone stand in numbers, too.
    """
    return any(
        (token["word"] or "").lower() in _JOINERS or (token["field"] and not token["field"].isdigit())
        for token in _TOKEN.finditer(text)
    )


def loose_words(asked: Filter | None) -> tuple[str, ...]:
    """What of a filter compares no field and is searched for as words, in order."""
    match asked:
        case Words(text):
            return (text,)
        case Not(inner):
            return loose_words(inner)
        case All(parts) | Any(parts):
            return tuple(word for part in parts for word in loose_words(part))
    return ()


def parse_filter(text: str) -> Filter | None:
    """What `text` asks; None where it is empty.

    Raises OrganiserError that names the part that is not understood.
    """
    tokens = [match for match in _TOKEN.finditer(text) if match.group().strip()]
    if not tokens:
        return None
    if len(tokens) > _MOST_WORDS:
        raise OrganiserError(_("This filter is too long: it has more than {most} words.").format(most=_MOST_WORDS))
    reader = _Reader(tokens)
    found = reader.any_of()
    if reader.at < len(tokens):
        raise OrganiserError(_("A bracket is closed that was not opened."))
    return found


class _Reader:
    """Reads tokens by recursive descent: or binds least, then and (which may be left out), then not."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._depth = 0
        self.at = 0

    def _word(self) -> str:
        if self.at >= len(self._tokens):
            return ""
        token = self._tokens[self.at]
        return token["bracket"] or (token["word"] or "").lower()

    def any_of(self) -> Filter:
        parts = [self._all_of()]
        while self._word() == "or":
            self.at += 1
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _all_of(self) -> Filter:
        parts = [self._one()]
        while self.at < len(self._tokens) and self._word() not in ("or", ")"):
            if self._word() == "and":
                self.at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Filter:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise OrganiserError(_("This filter has too many brackets, or too many times not."))
        found = self._inner()
        self._depth -= 1
        return found

    def _inner(self) -> Filter:
        word = self._word()
        if self.at >= len(self._tokens) or word in ("and", "or", ")"):
            after = self._tokens[self.at - 1].group().strip() if self.at else ""
            raise OrganiserError(_("Choose what stands after “{word}”.").format(word=after or word))
        if word == "not":
            self.at += 1
            return Not(self._one())
        if word == "(":
            self.at += 1
            inner = self.any_of()
            if self._word() != ")":
                raise OrganiserError(_("A bracket is not closed."))
            self.at += 1
            return inner
        token = self._tokens[self.at]
        self.at += 1
        return _test(token) if token["field"] else self._words(token)

    def _words(self, first: re.Match[str]) -> Filter:
        words = [first["phrase"] or first["word"] or ""]
        while self.at < len(self._tokens) and self._tokens[self.at]["word"] and self._word() not in _JOINERS:
            words.append(self._tokens[self.at]["word"])
            self.at += 1
        text = " ".join(words)
        return Words(looked_for(text))


def looked_for(text: str) -> str:
    """`text`, to be searched for as words. Raises OrganiserError where there is nothing in it to look for."""
    if not search_terms(text):
        raise OrganiserError(_("“{text}” has no letter and no digit to look for.").format(text=text[:80]))
    return text


def _test(token: re.Match[str]) -> Test:
    name, operator = token["field"].lower().replace("_", "-"), token["operator"]
    value = (token["quoted"] if token["quoted"] is not None else token["bare"] or "").strip()
    field = FIELD.get(name)
    if field is None:
        raise OrganiserError(
            _("There is no filter “{name}”. There are: {names}.").format(name=name, names=", ".join(FIELD))
        )
    if not value:
        raise OrganiserError(_("“{word}” waits for a value.").format(word=f"{name}{operator}"))
    if len(value) > _LONGEST_VALUE:
        sentence = _("What stands after “{word}” is too long to be looked for.")
        raise OrganiserError(sentence.format(word=f"{name}{operator}"))
    operator = ":" if operator == "=" else operator
    return Test(field, operator, _checked(field, operator, value))


def _checked(field: Field, operator: str, value: str) -> str:
    if field.kind in (Kind.NUMBER, Kind.DAYS):
        bare = value.removesuffix("d")
        if not bare.isascii() or not (bare.isdigit() or value in field.choices or value in ("none", "never")):
            raise OrganiserError(_("“{name}” takes a number, not “{value}”.").format(name=field.name, value=value))
        if len(bare) > _MOST_DIGITS and bare.isdigit():
            raise OrganiserError(_("“{name}” takes a number, not “{value}”.").format(name=field.name, value=value))
        return bare if bare.isdigit() else "none"
    if operator not in (":", "!="):
        raise OrganiserError(_("“{name}” cannot be compared by {sign}.").format(name=field.name, sign=operator))
    if field.kind is Kind.FLAG:
        yes = fold(value)
        if yes not in ("yes", "no", "y", "n", "da", "ne", "kylla", "ei"):
            raise OrganiserError(_("“{name}” is yes or no, not “{value}”.").format(name=field.name, value=value))
        return "yes" if yes in ("yes", "y", "da", "kylla") else "no"
    if field.kind is Kind.CHOICE:
        fitting = [choice for choice in field.choices if fold(choice) == fold(value)]
        fitting = fitting or [choice for choice in field.choices if fold(choice).startswith(fold(value))]
        if len(fitting) != 1:
            choices = ", ".join(field.choices)
            raise OrganiserError(_("“{value}” is not one of: {choices}.").format(value=value, choices=choices))
        return fitting[0]
    return value
