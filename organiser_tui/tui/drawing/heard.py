"""What else was heard in a call, and answered to its questions, in words. Nothing is asked or saved here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import Mandate
from organiser_tui.store.sitting import Asked
from organiser_tui.tui.drawing.mandates import answer_label, mandate_words
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET
from organiser_tui.words import _, ngettext


def agreed_wording() -> str:
    """What somebody agrees to where nothing else was said."""
    return _("We keep your name, number and what we spoke about, to call you again.")


def heard_words(heard: Heard) -> str:
    """What stands there, in one line."""
    ties = {("colleague", False): _("knows {name}"), ("same shifts", False): _("same shifts as {name}"),
            ("follows", False): _("follows {name}"), ("follows", True): _("followed by {name}")}  # fmt: skip
    parts = [ties[tie.kind, tie.reverse].format(name=tie.name.split(" · ")[0]) for tie in heard.ties]
    if heard.agreed:  # first, since a long line is cut at its end
        parts.insert(0, _("agreed: {words}").format(words=heard.agreed))
    if heard.knows_nobody:
        parts.append(_("knows nobody"))
    if heard.languages:
        parts.append(_("speaks {languages}").format(languages=", ".join(heard.languages)))
    if heard.skills:
        parts.append(_("can do {skills}").format(skills=", ".join(heard.skills)))
    if heard.for_next:
        parts.append(_("for the next: {words}").format(words=heard.for_next))
    parts.extend(_("wants to know {what}").format(what=what) for what in heard.wants)
    parts.extend(_("proposes {what}").format(what=what) for what in heard.proposes)
    parts.extend(_("mandate: {words}").format(words=mandate_words(one.answer, one.amendment)) for one in heard.mandates)
    told = [": ".join(filter(None, (one.what, one.answer))) for one in heard.told]
    parts.extend(_("told her {what}").format(what=what) for what in told)
    return " · ".join(parts)


def question_words(asked: Asked, answers: Mapping[int, str], given: Sequence[Mandate]) -> Text | None:
    """The key, how many questions of the list are answered, how, and how before; then what all members are asked.

    None where nothing is asked.
    """
    if not asked.questions and not asked.mandates:
        return None
    text = Text.assemble(("q ", f"bold {NOT_YET}"), end="")
    if asked.questions:
        count, words = len(asked.questions), {q.id: q.draft.words for q in asked.questions}
        done = sum(1 for question in words if question in answers)
        head = ngettext("{done} of {n} question", "{done} of {n} questions", count).format(done=done, n=count)
        said = " · ".join(f"{words[question]} {answers[question]}" for question in words if question in answers)
        text.append(f"{head}  ", QUIET).append_text(safe(said, KEPT))
        open_still = [question for question in words if question in asked.before.keys() - answers.keys()]
        if open_still:
            held = " · ".join(f"{words[question]} {asked.before[question]}" for question in open_still)
            text.append("  " if said else "").append_text(safe(_("last time: {answers}").format(answers=held), QUIET))
    now = {mandate.consultation_id: mandate.answer for mandate in given}
    for one in asked.mandates:
        answer = now.get(one.id, one.answer)
        text.append(_("mandate") + " ", NOT_YET).append_text(safe(f"{one.question} ", QUIET))
        text.append_text(safe(f"{answer_label(answer)} " if answer else "", KEPT))
    return text
