"""What becomes of a call that was left, when somebody begins to call again."""

from __future__ import annotations

from typing import Literal

from organiser_tui.domain.clock import wall
from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.noted import Noted
from organiser_tui.store.call_drafts import LeftCall
from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.drawing.heard import heard_words
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

LeftAnswer = Literal["go on", "later", "throw away"]


def what_of_left(campaign: Campaign, left: LeftCall) -> Choose[LeftAnswer]:
    """Whether to go on with a call that was left. Of what is typed ahead enter alone answers, and loses nothing.

    With whoever is no longer in the file nobody goes on: what was noted of her is there to be read.
    """
    then = read_back(Moment.at(wall(left.at, campaign.zone)), campaign.today())
    noted = Noted.read(left.noted)
    quoted = f"“{noted.note}”" if noted.note else ""
    said = " · ".join(filter(None, (quoted, heard_words(noted.heard), noted.follow_up)))
    choices: list[Choice[LeftAnswer]] = [
        Choice("go on", _("go on with what was noted"), said),
        Choice("later", _("another time"), _("it is asked again")),
        Choice("throw away", _("throw away what was noted")),
    ]
    title = _("A call with {name} ({when}) was not ended").format(name=left.name, when=then)
    if left.gone:
        title = _("{name} is no longer in the file. In the call with her ({when}) you noted: {note}")
        title = title.format(name=left.name, when=then, note=said or _("no note"))
        del choices[0]
    return Choose(safe(title), choices, narrows=False)
