"""Numbers: which one was tried and is tried next, what a call tells of it, and what others' calls told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import SPOKEN, Needs, Outcome
from organiser_tui.domain.phones import may_be_called
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.journal import Deed


def disconnected(campaign: Campaign, numbers: Iterable[str | None]) -> set[str]:
    """Those of `numbers` (E.164) that are dead for everyone: whoever has one of them had it called in vain."""
    asked = [number for number in numbers if number]
    rows = campaign.connection.execute(
        "SELECT DISTINCT e164 FROM phone WHERE e164 IN (SELECT value FROM json_each(?)) AND e164 IS NOT NULL"
        " AND standing = 'disconnected' AND gone_by IS NULL",
        (json.dumps(asked),),
    )
    return {number for (number,) in rows}


def place_to_try(campaign: Campaign, person_id: int, phones: Sequence[int]) -> int:
    """Which of her `phones` (ids, in the order to try them) is tried first, as a place in them.

    The one on which she last answered, else the one after that which was last tried in vain.
    """
    row = campaign.connection.execute(
        "SELECT c.phone_id, o.effect FROM contact c JOIN outcome o ON o.code = c.outcome WHERE c.person_id = ?"
        " AND c.channel = 'call' AND c.phone_id IS NOT NULL AND c.voided_by IS NULL"
        " ORDER BY c.at DESC, c.id DESC LIMIT 1",
        (person_id,),
    ).fetchone()
    if row is None or row[0] not in phones:
        return 0
    phone, effect = row
    return phones.index(phone) if effect in SPOKEN else (phones.index(phone) + 1) % len(phones)


def number_tried(campaign: Campaign, draft: ContactDraft, outcome: Outcome) -> int | None:
    """The number that was tried, by id: the one named, else the only one she can be called on; None where none is.

    Raises OrganiserError where it has gone, or where one of several must be named.
    """
    rows = campaign.connection.execute(
        "SELECT t.id, t.e164, t.kind, t.standing, p.work_numbers FROM phone t JOIN person p ON p.id = t.person_id"
        " WHERE t.person_id = ? AND t.gone_by IS NULL",
        (draft.person_id,),
    ).fetchall()
    if draft.phone_id is not None:
        if draft.phone_id not in [row[0] for row in rows]:
            raise OrganiserError(_("That number is no longer in the file. Nothing was saved."))
        return draft.phone_id
    # Who has nothing but a work number was called there, allowed or not.
    alive = [row[0] for row in rows if may_be_called(*row[1:4], work_allowed=True)]
    usable = [row[0] for row in rows if may_be_called(*row[1:4], work_allowed=bool(row[4]))]
    tried = usable or alive
    no_number = outcome.needs is Needs.NUMBER
    if no_number and len(tried) > 1:
        raise OrganiserError(_("There are several numbers: say which one it was. Nothing was saved."))
    called = draft.channel == "call" and not draft.rang  # who rings may do so from any
    return int(tried[0]) if len(tried) == 1 and (no_number or called) else None


def move_number(deed: Deed, phone: int | None, outcome: Outcome) -> None:
    """Set what an outcome tells of a number: it is good, wrong for her, or dead for everyone."""
    if phone is None or outcome.number is None:
        return
    connection = deed.campaign.connection
    standing, e164 = connection.execute("SELECT standing, e164 FROM phone WHERE id = ?", (phone,)).fetchone()
    if outcome.number == "disconnected":
        rows = connection.execute(
            "SELECT id FROM phone WHERE (e164 = ? OR id = ?) AND gone_by IS NULL ORDER BY id", (e164, phone)
        ).fetchall()
        for (same,) in rows:
            deed.change("phone", same, standing="disconnected")
    elif not (outcome.number == "good" and standing == "shared"):
        deed.change("phone", phone, standing=outcome.number)
