"""What stands on the form of a call before it is saved, and the same as text that another version can read, too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from organiser_tui.domain.contacts import AskDraft, HandOver
from organiser_tui.domain.heard import NOTHING, AnswerTold, Heard, Tie, both
from organiser_tui.domain.mandates import Mandate, MandateAnswer


@dataclass(frozen=True)
class Noted:
    """The lines of the form as they were filled in; `follow_up` as it was typed, at the wall time `typed` (ISO)."""

    issues: tuple[str, ...] = ()
    rating: int | None = None
    ask: AskDraft | None = None
    note: str = ""
    follow_up: str = ""
    hand_over: HandOver | None = None
    heard: Heard = NOTHING
    answers: tuple[tuple[int, str], ...] = ()
    typed: str = ""
    writing: bool = False
    """Whether the note was being written."""

    @property
    def anything(self) -> bool:
        """Whether anything stands there."""
        return replace(self, typed="", writing=False) != Noted()

    def after(self, earlier: Noted) -> Noted:
        """This and what stood in `earlier` of the same person: of one thing what stands here, of several all."""
        notes = [note for note in (earlier.note, self.note) if note]
        return replace(
            self,
            issues=both(earlier.issues, self.issues),
            rating=earlier.rating if self.rating is None else self.rating,
            ask=self.ask or earlier.ask,
            note="; ".join(dict.fromkeys(notes)),
            follow_up=self.follow_up or earlier.follow_up,
            hand_over=self.hand_over or earlier.hand_over,
            heard=self.heard.after(earlier.heard),
            answers=tuple((dict(earlier.answers) | dict(self.answers)).items()),
            typed=self.typed if self.follow_up else earlier.typed,
        )

    def written(self) -> str:
        """The same as text, '' where nothing stands there."""
        if not self.anything:
            return ""
        heard = self.heard._asdict() | {
            "ties": [tie._asdict() for tie in self.heard.ties],
            "mandates": [mandate._asdict() for mandate in self.heard.mandates],
            "told": [told._asdict() for told in self.heard.told],
        }
        return json.dumps(asdict(self) | {"heard": heard}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Noted:
        """What was written(); what is not understood of it is left out, and text that is none of ours is the note."""
        try:
            said = json.loads(text)
            ask, hand_over, heard = said.get("ask"), said.get("hand_over"), said.get("heard")
            return cls(
                issues=tuple(map(str, said.get("issues", ()))),
                rating=said.get("rating") if said.get("rating") in range(1, 6) else None,
                ask=None if ask is None else AskDraft(**_known(AskDraft, ask)),
                note=str(said.get("note", "")),
                follow_up=str(said.get("follow_up", "")),
                hand_over=None if hand_over is None else HandOver(**_known(HandOver, hand_over)),
                heard=NOTHING if heard is None else _heard(heard),
                answers=tuple((int(question), str(answer)) for question, answer in said.get("answers", ())),
                typed=datetime.fromisoformat(said["typed"]).isoformat(timespec="minutes") if said.get("typed") else "",
                writing=said.get("writing") is True,
            )
        except (AttributeError, TypeError, ValueError):
            return cls(note=text)


def _heard(said: Mapping[str, Any]) -> Heard:
    known = {name: said[name] for name in Heard._fields if name in said}
    mandates = tuple(
        Mandate(**{name: one[name] for name in Mandate._fields if name in one})
        for one in known.pop("mandates", ())
        if one.get("answer") in tuple(MandateAnswer)
    )
    ties = tuple(Tie(**{name: tie[name] for name in Tie._fields if name in tie}) for tie in known.pop("ties", ()))
    told = tuple(
        AnswerTold(**{name: one[name] for name in AnswerTold._fields if name in one}) for one in known.pop("told", ())
    )
    rest: dict[str, Any] = {name: _as_tuple(value) for name, value in known.items()}
    rest = {name: value for name, value in rest.items() if isinstance(value, type(getattr(NOTHING, name)))}
    return Heard(ties, mandates=mandates, told=told, **rest)


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _known(draft: type[AskDraft | HandOver], said: Mapping[str, Any]) -> dict[str, Any]:
    """Of `said` what this version of the draft knows by name."""
    return {field.name: said[field.name] for field in fields(draft) if field.name in said}
