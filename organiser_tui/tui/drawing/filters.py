"""The filter language in words: what each field asks, what may be written where the cursor stands. Reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from organiser_tui.domain.filter_writing import Part, Place, part_at, quoted
from organiser_tui.domain.filters import FIELDS, Field, Kind
from organiser_tui.domain.folding import fold
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import NOT_YET, QUIET
from organiser_tui.tui.widgets.completing import Completion, Suggestion
from organiser_tui.words import _

_OFTEN = (
    *("provider", "region", "signed", "card", "rating", "last-conversation", "last-contact", "asked", "tag"),
    *("isolation", "issue", "has-phone", "event", "list", "place"),
)

_WORDS_TOLD, _LONGEST_TOLD = 6, 24

Words = Callable[[str, str], Sequence[str]]
"""Gives the words that the campaign holds for a field, by what is typed of them."""


def field_label(name: str) -> str:
    """What a field asks, in a few words."""
    labels = _flag_labels() | {
        "provider": _("works for"),
        "worked-at": _("works or has worked for"),
        "provider-kind": _("works for this kind of provider"),
        "region": _("where she works or lives"),
        "counts-at-provider": _("counts at this provider today"),
        "counts-at-region": _("counts in this region today"),
        "place": _("municipality or town"),
        "name": _("any of the names"),
        "phone": _("number, however it is written"),
        "email": _("e-mail address"),
        "card": _("none, form out, signed, on file …"),
        "signup": _("not asked, asked, said yes, form out …"),
        "counted": _("counted on, partly, words only, untested"),
        "last-involved": _("days since a meeting, a task or an ask"),
        "rating": _("1 leads others … 5 hostile, none"),
        "rated": _("days since she was rated"),
        "isolation": _("isolated, own provider only, connected"),
        "last-contact": _("days since anybody tried to reach her"),
        "last-conversation": _("days since a talk that taught something"),
        "attempts": _("how many attempts"),
        "outcome": _("outcome of the last contact"),
        "answered": _("a question of a list, with the answer"),
        "mandate": _("asked with all members; the answer, voted, not voted"),
        "work": _("assistant, neighbouring service, other"),
        "position": _("worker, coordinator, manager, owner"),
        "gender": _("self-declared gender"),
        "language": _("speaks"),
        "skill": _("skills and experience"),
        "tag": _("a word of your own"),
        "heard": _("first heard through"),
        "source": _("list she came from"),
        "issue": _("issue she spoke of"),
        "note": _("word in a note"),
        "event": _("came to this event"),
        "group": _("belongs to this group"),
        "list": _("stands on this call list"),
        "custom": _("one of your own fields"),
    }
    return labels[name]


def _flag_labels() -> dict[str, str]:
    """What the fields that are yes or no say of somebody."""
    return {
        "spoken-with": _("has answered once"),
        "reached": _("had a conversation or came"),
        "asked": _("asked to sign"),
        "signed": _("has signed, whether on file yet or not"),
        "unreached-provider": _("nobody at her provider is reached"),
        "undecided": _("rated 3, or asked to sign and said maybe or later"),
        "has-phone": _("has a number that may be called"),
        "due": _("a promise to her is due"),
        "wants-answer": _("asked something and was not told yet"),
        "handed-over": _("an organiser is to speak with her"),
        "do-not-contact": _("does not want to be contacted"),
        "leader": _("others follow her"),
        "activist": _("openly active"),
        "left-work": _("has left the work"),
    }


def loose_words_told(words: Sequence[str]) -> Text:
    """That `words` of a filter compare nothing and are searched for; nothing where there are none."""
    told = [word if len(word) <= _LONGEST_TOLD else f"{word[: _LONGEST_TOLD - 1]}…" for word in words[:_WORDS_TOLD]]
    listed = ", ".join(f"“{word}”" for word in told) + (" …" if len(words) > _WORDS_TOLD else "")
    return safe(_("searched as a word: {words}").format(words=listed), QUIET) if words else Text("")


def empty_words(part: str) -> Text:
    """That nobody fits one `part` of a filter, whatever the others say; nothing for ''."""
    return safe(_("{part} alone leaves nobody.").format(part=part), NOT_YET) if part else Text("")


def completion(text: str, cursor: int, words: Words) -> Completion:
    """What may be written at the cursor of a filter, the likeliest first."""
    part = part_at(text, cursor)
    if part.place is Place.VALUE and part.field is not None:
        return Completion(part.start, part.end, _values(part, part.field, words))
    joiners = _joiners(part)
    fields = _fields(part.typed) if part.place is Place.CONDITION or part.typed else []
    wanted = fold(part.typed)
    fitting = [joiner for joiner in joiners if joiner.insert.startswith(wanted) and joiner.insert.strip() != wanted]
    offered = [*fitting, *fields] if part.place is Place.JOINER else [*fields, *fitting]
    return Completion(part.start, part.end, offered)


def _joiners(part: Part) -> list[Suggestion]:
    if part.place is Place.CONDITION:
        return [
            Suggestion("not ", "not", _("the contrary of what follows")),
            Suggestion("(", "(", _("what belongs together")),
        ]
    offered = [
        Suggestion("and ", "and", _("both must hold")),
        Suggestion("or ", "or", _("one of them is enough")),
        Suggestion("and not ", "and not", _("but not what follows")),
    ]
    if part.open_brackets > 0:
        offered.insert(0, Suggestion(") ", ")", _("closes the bracket")))
    return offered


def _fields(typed: str) -> list[Suggestion]:
    """Fields by the beginning of their name, then by a word of what they ask."""
    wanted = fold(typed)
    ranked = []
    for place, field in enumerate(sorted(FIELDS, key=_often)):
        words = fold(f"{field.name} {field_label(field.name)}").split()
        named = fold(field.name).startswith(wanted)
        if named or (wanted and any(word.startswith(wanted) for word in words)):
            for number, sign in enumerate(_signs(field)):
                # While nothing is typed every field comes once before any comes with its other signs.
                ranked.append((not named, number if not wanted else 0, place, number, field.name, sign))
    return [
        Suggestion(f"{name}{sign}", f"{name}{sign}", _sign_label(name, sign))
        for _named, _again, _place, _number, name, sign in sorted(ranked)
    ]


def _sign_label(name: str, sign: str) -> str:
    """What a field asks with this sign."""
    return {
        ("last-contact", ">"): _("nobody tried to reach her for … days"),
        ("last-contact", "<"): _("somebody tried in the last … days"),
        ("last-conversation", ">"): _("no conversation with her for … days"),
        ("last-conversation", "<"): _("a conversation in the last … days"),
        ("rated", ">"): _("not rated for … days"),
        ("rated", "<"): _("rated in the last … days"),
        ("rating", "<="): _("so good or better: <=2 is 1 and 2"),
        ("rating", ">="): _("so bad or worse: >=4 is 4 and 5"),
    }.get((name, sign)) or field_label(name)


def _often(field: Field) -> int:
    """Fields that are asked for most come first."""
    return _OFTEN.index(field.name) if field.name in _OFTEN else len(_OFTEN)


def _signs(field: Field) -> Sequence[str]:
    if field.kind is Kind.DAYS:
        return (">", "<")
    return (":", "<=", ">=") if field.kind is Kind.NUMBER else (":",)


def _values(part: Part, field: Field, words: Words) -> list[Suggestion]:
    wanted = fold(part.typed)
    values: list[tuple[str, str]]
    match field.kind:
        case Kind.FLAG:
            values = [("yes", ""), ("no", "")]
        case Kind.NUMBER | Kind.DAYS:
            values = _numbers(field)
        case Kind.CHOICE:
            told = {"signed": _("handed in, not yet on file")} if field.name == "card" else {}
            values = [(choice, told.get(choice, "")) for choice in field.choices]
        case _:
            found = words(field.name, part.typed)
            return [Suggestion(f"{quoted(word)} ", word) for word in found if fold(quoted(word).strip('"')) != wanted]
    return [
        Suggestion(f"{quoted(value)} ", value, detail)
        for value, detail in values
        if fold(value).startswith(wanted) and fold(value) != wanted
    ]


def _numbers(field: Field) -> list[tuple[str, str]]:
    if field.name == "rating":
        meanings = (_("leads others"), _("supports"), _("undecided"), _("not interested"), _("hostile"))
        return [*((str(n), meaning) for n, meaning in enumerate(meanings, 1)), ("none", _("not rated"))]
    if field.kind is Kind.DAYS:
        spans = ((7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year")))
        return [*((str(days), words) for days, words in spans), ("none", _("never"))]
    return [("0", _("nobody has tried")), ("1", ""), ("3", "")]
