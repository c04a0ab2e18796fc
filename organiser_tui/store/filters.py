"""Turns a filter into SQL over person_figures f: a condition and its values. How it is written is in domain.filters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from organiser_tui.domain.clock import wall_instant
from organiser_tui.domain.figures import FITS_UNDECIDED, FITS_UNREACHED, LAST, NO_RATING, SIGNED_CARDS
from organiser_tui.domain.filters import All, Any, Filter, Kind, Not, Test, Words
from organiser_tui.domain.folding import fold, search_terms
from organiser_tui.domain.mandates import MandateAnswer
from organiser_tui.domain.phones import search_beginnings

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

Condition = tuple[str, list[object]]

_HAS = "EXISTS (SELECT 1 FROM {table} x WHERE x.person_id = f.person_id AND x.{live} IS NULL AND {test})"
_FIGURE = {
    "card": "f.card",
    "signup": "f.stage",
    "counted": "f.counted",
    "isolation": "f.isolation",
    "rating": "f.rating",
    "attempts": "f.attempts",
    "spoken-with": "f.spoken_with",
    "reached": "f.reached",
    "asked": "f.asked",
    "signed": f"f.card IN ({', '.join(repr(card) for card in sorted(SIGNED_CARDS))})",
    "has-phone": f"f.phone <> '{LAST}'",
    "do-not-contact": "f.do_not_contact <> ''",
    "leader": "(SELECT p.leader FROM person p WHERE p.id = f.person_id)",
    "activist": "(SELECT p.activist FROM person p WHERE p.id = f.person_id)",
    "wants-answer": "EXISTS (SELECT 1 FROM request r WHERE r.person_id = f.person_id AND r.answered_on IS NULL"
    " AND r.gone_by IS NULL)",
    "handed-over": "(SELECT p.handed_to IS NOT NULL FROM person p WHERE p.id = f.person_id)",
    "left-work": "(SELECT p.left_work_on IS NOT NULL FROM person p WHERE p.id = f.person_id)",
    "work": "(SELECT p.work FROM person p WHERE p.id = f.person_id)",
    "position": "(SELECT p.position FROM person p WHERE p.id = f.person_id)",
}
_FOLDED = {
    "gender": "SELECT p.gender AS word FROM person p WHERE p.id = f.person_id",
    "heard": "SELECT p.heard_through AS word FROM person p WHERE p.id = f.person_id",
    "source": "SELECT p.source AS word FROM person p WHERE p.id = f.person_id",
    "outcome": "SELECT f.last_outcome AS word UNION ALL SELECT x.outcome FROM (SELECT outcome FROM contact x"
    " WHERE x.person_id = f.person_id AND x.voided_by IS NULL ORDER BY x.at DESC, x.id DESC LIMIT 1) x",
    "language": "SELECT x.language AS word FROM person_language x"
    " WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "skill": "SELECT x.skill AS word FROM skill x WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "tag": "SELECT x.tag AS word FROM tag x WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "email": "SELECT x.address AS word FROM email x WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "note": "SELECT x.note AS word FROM contact x"
    " WHERE x.person_id = f.person_id AND x.voided_by IS NULL AND x.note <> ''",
    "issue": "SELECT i.issue AS word FROM contact x JOIN contact_issue i ON i.contact_id = x.id AND i.voided_by IS NULL"
    " WHERE x.person_id = f.person_id AND x.voided_by IS NULL",
    "event": "SELECT e.name AS word FROM attendance x JOIN event e ON e.id = x.event_id"
    " WHERE x.person_id = f.person_id AND x.came = 1 AND x.voided_by IS NULL",
    "group": "SELECT g.name AS word FROM group_member x JOIN meeting_group g ON g.id = x.group_id"
    " WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "custom": "SELECT c.name || ' ' || x.value AS word FROM custom_value x"
    " JOIN custom_field c ON c.id = x.custom_field_id WHERE x.person_id = f.person_id AND x.gone_by IS NULL",
    "name": "SELECT s.name AS word FROM person_search s WHERE s.id = f.person_id",
    "place": "SELECT p.place || ' ' || coalesce(m.name, '') || ' ' || p.town AS word FROM person p"
    " LEFT JOIN municipality m ON m.code = p.municipality_code WHERE p.id = f.person_id",
}
_FITS = {"unreached-provider": FITS_UNREACHED, "undecided": FITS_UNDECIDED}
"""What the queue keeps of each person anyway."""
_PROVIDERS = {
    "provider": ("coalesce(x.from_day, '') <= ? AND coalesce(x.to_day, '9999') >= ?", "v.folded LIKE ? ESCAPE '\\'"),
    "worked-at": ("1", "v.folded LIKE ? ESCAPE '\\'"),
    "provider-kind": (
        "coalesce(x.from_day, '') <= ? AND coalesce(x.to_day, '9999') >= ?",
        "folded(v.kind) LIKE ? ESCAPE '\\'",
    ),
}


def condition_of(campaign: Campaign, asked: Filter | None) -> Condition:
    """The SQL condition over `person_figures f` that `asked` stands for, and its values in order."""
    if asked is None:
        return "1", []
    match asked:
        case Words(text):
            return words_condition(text)
        case Not(inner):
            sql, values = condition_of(campaign, inner)
            return f"NOT ({sql})", values
        case All(parts) | Any(parts):
            joined = [condition_of(campaign, part) for part in parts]
            sign = " AND " if isinstance(asked, All) else " OR "
            return sign.join(f"({sql})" for sql, _values in joined), [v for _sql, values in joined for v in values]
        case Test():
            sql, values = _test(campaign, asked)
            return (f"NOT ({sql})", values) if asked.operator == "!=" else (sql, values)


_MOST_TERMS, _LONGEST_TERM = 60, 1000
"""Nobody's name, work and numbers are so many words, or one so long; SQLite refuses to look for much more."""


def fit_nobody(terms: Sequence[str]) -> bool:
    """Whether so many words, or so long ones, are nobody's."""
    return len(terms) > _MOST_TERMS or any(len(term) > _LONGEST_TERM for term in terms)


def words_condition(text: str) -> Condition:
    """That every word of `text` begins a word or number of the person, or ends a number."""
    terms = search_terms(text)
    if not terms:
        return "1", []
    if fit_nobody(terms):
        return "0", []
    begin = [search_beginnings(term) for term in terms]
    held = "(' ' || s.name || ' ' || s.work || ' ' || s.numbers) LIKE ? ESCAPE '\\'"
    test = " AND ".join(f"({' OR '.join([held] * len(beginnings))})" for beginnings in begin)
    return (
        f"EXISTS (SELECT 1 FROM person_search s WHERE s.id = f.person_id AND {test})",
        [f"% {_literal(beginning)}%" for beginnings in begin for beginning in beginnings],
    )


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _test(campaign: Campaign, test: Test) -> Condition:
    name, kind, value = test.field.name, test.field.kind, test.value
    today = campaign.today()
    if name in _PROVIDERS:
        when, which = _PROVIDERS[name]
        days: list[object] = [today.isoformat()] * when.count("?")
        sql = _HAS.format(
            table="employment", live="gone_by", test=f"{when} AND x.provider_id IN"
            f" (SELECT v.id FROM provider v WHERE v.gone_by IS NULL AND {which})",
        )  # fmt: skip
        return sql, [*days, f"%{_literal(fold(value))}%"]
    if name in _FITS:
        return ("f.fits & ? <> 0" if value == "yes" else "f.fits & ? = 0"), [_FITS[name]]
    if name in _NAMED:
        return _NAMED[name](campaign, value)
    if name == "phone":
        return words_condition(value)
    if name == "due":
        due = campaign.wall_now().isoformat(timespec="minutes")
        return ("f.next_due <= ?" if value == "yes" else "f.next_due > ?"), [due]
    if kind is Kind.DAYS:
        return _days(campaign, test, today)
    if kind is Kind.NUMBER:
        return _number(test)
    if kind is Kind.FLAG:
        return (f"coalesce({_FIGURE[name]}, 0) = ?", [int(value == "yes")])
    if kind is Kind.CHOICE:
        return f"{_FIGURE[name]} = ?", [value]
    like = f"%{_literal(fold(value))}%"
    return f"EXISTS (SELECT 1 FROM ({_FOLDED[name]}) AS held WHERE folded(held.word) LIKE ? ESCAPE '\\')", [like]


def _region(campaign: Campaign, value: str) -> Condition:
    wanted = fold(value)
    codes = [
        code
        for code, name, also in campaign.connection.execute("SELECT code, name, also FROM region")
        if any(wanted in fold(word) for word in (code, name, *also.split("|")))
    ]
    return f"f.region_code IN ({', '.join('?' * len(codes))})", list(codes)


def _answered(campaign: Campaign, value: str) -> Condition:
    """Whose last answer to a question is that, both written as one; where none is just so, those with `value` in them.

    "How many hours? 1" is not who said 10, nor "yes" who has said no since. The list and a colon may stand before it.
    """
    held = [
        (question, answer, f"{name}: {words} {answer}", f"{words} {answer}")
        for name, question, words, answer in campaign.connection.execute(
            "SELECT DISTINCT l.name, q.id, q.words, a.value FROM question q JOIN question_answer a"
            " ON a.question_id = q.id JOIN call_list l ON l.id = q.list_id WHERE a.voided_by IS NULL"
        )
    ]
    wanted = fold(value)
    meant = (
        [(question, answer) for question, answer, *said in held if value in said]
        or [(question, answer) for question, answer, *said in held if wanted in map(fold, said)]
        or [(question, answer) for question, answer, _of_list, said in held if wanted in fold(said)]
    )
    sql = (
        "SELECT x.person_id FROM json_each(?) j CROSS JOIN question_answer x ON x.question_id = j.value ->> 0"
        " AND x.value = j.value ->> 1 AND x.voided_by IS NULL WHERE NOT EXISTS (SELECT 1 FROM question_answer y"
        " WHERE y.question_id = x.question_id AND y.person_id = x.person_id AND y.voided_by IS NULL"
        " AND (y.day, y.id) > (x.day, x.id))"
    )
    return f"f.person_id IN ({sql})", [json.dumps(meant)]


_VOTED = (
    "EXISTS (SELECT 1 FROM mandate m WHERE m.consultation_id = x.consultation_id AND m.person_id = x.person_id"
    " AND m.voided_by IS NULL UNION ALL SELECT 1 FROM ballot_mark b WHERE b.consultation_id = x.consultation_id"
    " AND b.person_id = x.person_id AND b.voided_by IS NULL)"
)
_LAST_MANDATE = (
    "(SELECT m.answer FROM mandate m WHERE m.consultation_id = x.consultation_id AND m.person_id = x.person_id"
    " AND m.voided_by IS NULL ORDER BY m.day DESC, m.id DESC LIMIT 1)"
)


def _mandate(campaign: Campaign, value: str) -> Condition:
    """Who may answer a question that all members are asked; with an answer, "voted" or "not voted" after it, those.

    Where no question is just so, all that have `value` in them.
    """
    tests = {"": "1", " voted": _VOTED, " not voted": f"NOT {_VOTED}"}
    tests |= {f" {answer}": f"{_LAST_MANDATE} = '{answer}'" for answer in MandateAnswer}
    asked = campaign.connection.execute("SELECT id, question FROM consultation WHERE gone_by IS NULL").fetchall()
    wanted = fold(value)
    meant = [
        (consultation, test)
        for consultation, question in asked for said, test in tests.items() if fold(question + said) == wanted
    ] or [(consultation, "1") for consultation, question in asked if wanted in fold(question)]  # fmt: skip
    sql = " UNION ALL ".join(
        f"SELECT x.person_id FROM voter x WHERE x.consultation_id = ? AND x.gone_by IS NULL AND {test}"
        for _consultation, test in meant
    )
    return f"f.person_id IN ({sql or 'SELECT 0 WHERE 0'})", [consultation for consultation, _test in meant]


def _counts_at_provider(_campaign: Campaign, value: str) -> Condition:
    """Who is counted where something is told by provider, by the whole of its name."""
    return _counted("r.provider_id IN (SELECT v.id FROM provider v WHERE v.folded = ? AND v.gone_by IS NULL)", value)


def _counts_at_region(_campaign: Campaign, value: str) -> Condition:
    """Who is counted where something is told by region, by the whole of its name."""
    return _counted("r.region_code IN (SELECT g.code FROM region g WHERE folded(g.name) = ?)", value)


def _counted(there: str, name: str) -> Condition:
    return f"f.person_id IN (SELECT r.person_id FROM reach r WHERE r.known = 1 AND {there})", [fold(name)]


def _list(campaign: Campaign, value: str) -> Condition:
    """Who is on the call list of that name, or where none is called just so, on those with `value` in their names."""
    wanted = fold(value)
    names = [
        (row, fold(name))
        for row, name in campaign.connection.execute("SELECT id, name FROM call_list WHERE gone_by IS NULL")
    ]
    lists = [row for row, name in names if name == wanted] or [row for row, name in names if wanted in name]
    sql = f"SELECT x.person_id FROM target x WHERE x.list_id IN ({', '.join('?' * len(lists))}) AND x.gone_by IS NULL"
    return f"f.person_id IN ({sql})", list(lists)


_NAMED = {
    "region": _region,
    "counts-at-provider": _counts_at_provider,
    "counts-at-region": _counts_at_region,
    "answered": _answered,
    "mandate": _mandate,
    "list": _list,
}
"""What is meant by its name among what this campaign holds."""


def _number(test: Test) -> Condition:
    column = _FIGURE[test.field.name]
    if test.value == "none":
        return f"{column} = ?", [NO_RATING if test.field.name == "rating" else 0]
    sign = "=" if test.operator in (":", "!=") else test.operator
    also = f" AND {column} <> {NO_RATING}" if test.field.name == "rating" else ""
    return f"{column} {sign} ?{also}", [int(test.value)]


def _days(campaign: Campaign, test: Test, today: date) -> Condition:
    """Days since: `last-contact>90` is longer ago than 90 days, or never; `last-contact<7` within the week."""
    column = {
        "last-contact": "f.last_contact",
        "last-conversation": "f.last_conversation",
        "rated": "f.rated_on",
        "last-involved": "f.involved_on",
    }
    held = column[test.field.name]
    never = f"{held} = 0" if held == "f.last_contact" else f"{held} = ''"
    if test.value == "none":
        return never, []
    days = int(test.value)
    youngest, oldest = _span(test.operator, days)
    furthest = today.toordinal() - 1
    begins = today - timedelta(days=min(oldest, furthest))
    ends = today - timedelta(days=min(youngest, furthest)) + timedelta(days=1)
    bounds: list[object] = [begins.isoformat(), ends.isoformat()]
    if held == "f.last_contact":
        bounds = [wall_instant(datetime.combine(day, datetime.min.time()), campaign.zone) for day in (begins, ends)]
    sql = f"({held} >= ? AND {held} < ?)"
    return (f"({sql} OR {never})" if test.operator in (">", ">=") else f"({sql} AND NOT ({never}))"), bounds


def _span(operator: str, days: int) -> tuple[int, int]:
    """The first and the last age in days that `operator` takes in."""
    far = 36500
    return {
        ":": (days, days),
        "!=": (days, days),
        "<": (0, days - 1),
        "<=": (0, days),
        ">": (days + 1, far),
        ">=": (days, far),
    }[operator]
