"""The questions of the call lists, what was answered to them, and how many answered what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.domain.questions import QuestionDraft, QuestionKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.workplaces import By, place_of
from organiser_tui.words import _


class Question(NamedTuple):
    """A question of a call list."""

    id: int
    draft: QuestionDraft


class Tally(NamedTuple):
    """How many people answered a question so; `where` is the provider or region, '' for all or for none known."""

    question: int
    value: str
    where: str
    people: int


def questions_of(campaign: Campaign, list_id: int | None) -> list[Question]:
    """The questions of a call list in their order; none for everyone (None)."""
    rows = campaign.connection.execute(
        "SELECT id, words, kind, choices FROM question WHERE list_id = ? AND gone_by IS NULL ORDER BY position, id",
        (list_id,),
    )
    return [
        Question(row, QuestionDraft(words, QuestionKind(kind), tuple(choices.split("|")) if choices else ()))
        for row, words, kind, choices in rows
    ]


def add_question(campaign: Campaign, list_id: int, draft: QuestionDraft) -> int:
    """Have a call list ask one more question, the last; returns its id.

    Raises OrganiserError where the list is gone, or asks that already.
    """
    with campaign.write(DeedKind.SET_QUESTIONS) as deed:
        refuse_gone(campaign, "call_list", list_id)
        _refuse_twice(campaign, list_id, draft)
        sql = "SELECT coalesce(max(position), 0) + 1 FROM question WHERE list_id = ?"
        (position,) = campaign.connection.execute(sql, (list_id,)).fetchone()
        return _insert(deed, list_id, position, draft)


def mend_question(campaign: Campaign, question: int, was: QuestionDraft, draft: QuestionDraft | None) -> None:
    """Have a question that was looked at as `was` say `draft`; None takes it out.

    Where it is answered as before it is the same question, and what was answered to it stays; else another takes its
    place. Raises OrganiserError where another window has changed it, or the list asks that already.
    """
    with campaign.write(DeedKind.SET_QUESTIONS) as deed:
        refuse_gone(campaign, "question", question)
        list_id, position = campaign.connection.execute(
            "SELECT list_id, position FROM question WHERE id = ?", (question,)
        ).fetchone()
        held = {one.id: one.draft for one in questions_of(campaign, list_id)}
        if held[question] != was:
            raise OrganiserError(_("Another window has changed this question meanwhile. Nothing was saved."))
        if draft == was:
            return
        if draft is not None and draft.words != was.words:
            _refuse_twice(campaign, list_id, draft)
        if draft is not None and (draft.kind, draft.choices) == (was.kind, was.choices):
            deed.change("question", question, words=draft.words)
            return
        deed.end("question", question)
        if draft is not None:
            _insert(deed, list_id, position, draft)


def copy_questions(deed: Deed, list_id: int, copied: int) -> None:
    """Have the call list `copied` ask what another one asks, in the same order."""
    for position, question in enumerate(questions_of(deed.campaign, list_id), 1):
        _insert(deed, copied, position, question.draft)


def _refuse_twice(campaign: Campaign, list_id: int, draft: QuestionDraft) -> None:
    if any(fold(one.draft.words) == fold(draft.words) for one in questions_of(campaign, list_id)):
        raise OrganiserError(_("This list asks that already. Nothing was saved."))


def _insert(deed: Deed, list_id: int, position: int, draft: QuestionDraft) -> int:
    said = {"words": draft.words, "kind": draft.kind.value, "choices": "|".join(draft.choices)}
    return deed.insert("question", list_id=list_id, position=position, **said)


def no_longer_asked(campaign: Campaign, list_id: int | None, answers: Mapping[int, str]) -> dict[int, str]:
    """Of `answers` by question those to what the list asks no more, each with the words of its question."""
    asked = {question.id for question in questions_of(campaign, list_id)}
    gone = [question for question in answers if question not in asked]
    rows = campaign.connection.execute(
        f"SELECT id, words FROM question WHERE id IN ({', '.join('?' * len(gone))})", gone
    )
    return {question: f"{words} {answers[question]}" for question, words in rows}


def save_answers(
    deed: Deed, person_id: int, list_id: int | None, contact: int, day: str, answers: Mapping[int, str]
) -> None:
    """Save what a person answered in a contact on `day` (ISO), by question; to one that has gone it is not saved.

    Raises OrganiserError where an answer is none of the question's.
    """
    drafts = {question.id: question.draft for question in questions_of(deed.campaign, list_id)}
    for question, answer in answers.items():
        if question in drafts:
            deed.insert(
                "question_answer",
                question_id=question,
                person_id=person_id,
                contact_id=contact,
                value=drafts[question].checked(answer),
                day=day,
                organiser_id=deed.campaign.organiser_id,
            )


def answers_of(campaign: Campaign, list_id: int | None, person_id: int) -> dict[int, str]:
    """What a person has answered to the questions of a list, by question; the last answer to each."""
    rows = campaign.connection.execute(
        "SELECT a.question_id, a.value FROM question q JOIN question_answer a ON a.question_id = q.id"
        " WHERE q.list_id = ? AND q.gone_by IS NULL AND a.person_id = ? AND a.voided_by IS NULL ORDER BY a.day, a.id",
        (list_id, person_id),
    )
    return dict(rows.fetchall())


def tallies(campaign: Campaign, list_id: int, by: By | None = None) -> list[Tally]:
    """How many people answered what to each question of a list, in all, by provider or by region.

    Of each person the last answer to a question counts; whoever works at two providers stands at both. The most
    frequent answers first.
    """
    place = place_of(by) if by else None
    key, name = (place.key, f"coalesce({place.name}, '')") if place else ("NULL", "''")
    rows = campaign.connection.execute(
        f"SELECT y.question_id, y.value, {name} AS named, count(*) AS people FROM (SELECT DISTINCT x.question_id,"
        f" x.position, x.person_id, x.value, {key} AS place FROM ("
        " SELECT a.question_id, a.person_id, a.value, q.position, row_number() OVER ("
        "  PARTITION BY a.question_id, a.person_id ORDER BY a.day DESC, a.id DESC) AS nth"
        " FROM question q JOIN question_answer a ON a.question_id = q.id"
        " WHERE q.list_id = ? AND q.gone_by IS NULL AND a.voided_by IS NULL"
        f") x JOIN person p ON p.id = x.person_id AND p.gone_by IS NULL {place.joined('x.person_id') if place else ''}"
        f" WHERE x.nth = 1) y {place.named('y.place') if place else ''}"
        " GROUP BY y.question_id, y.value, y.place"
        " ORDER BY min(y.position), y.question_id, people DESC, y.value, named",
        (list_id,),
    )
    return [Tally(*row) for row in rows]
