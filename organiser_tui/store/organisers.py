"""Who works with the program."""

from __future__ import annotations

import getpass
from collections.abc import Container
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.store import device
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class Organiser(NamedTuple):
    """One organiser; `languages` are codes separated by spaces."""

    id: int
    name: str
    role: str
    languages: str


def organisers(campaign: Campaign) -> list[Organiser]:
    """Everybody who works with this campaign, by name."""
    rows = campaign.connection.execute(
        "SELECT id, name, role, languages FROM organiser WHERE gone_by IS NULL ORDER BY name, id"
    )
    return [Organiser(*row) for row in rows]


def names_of(campaign: Campaign, wanted: Container[int]) -> str:
    """The names of the organisers whose ids are `wanted`, in one line."""
    return ", ".join(one.name for one in organisers(campaign) if one.id in wanted)


def leads(campaign: Campaign) -> bool:
    """Whether whoever works leads the campaign; where nobody is said to, everybody does."""
    roles = {organiser.id: organiser.role for organiser in organisers(campaign)}
    return roles.get(campaign.organiser_id or 0) == "lead" or "lead" not in roles.values()


def add_organiser(campaign: Campaign, name: str, role: str = "organiser", languages: str = "") -> int:
    """Make an organiser and return the id.

    Raises OrganiserError where the name is empty or taken.
    """
    with campaign.write(DeedKind.ADD_ORGANISER) as deed:
        if _named(campaign, name):
            raise OrganiserError(_("There is an organiser named {name} already.").format(name=clean(name)))
        return _made(deed, name, role, languages).id


def rename_organiser(campaign: Campaign, organiser_id: int, name: str) -> str:
    """Have an organiser called `name`, which is returned as it is kept.

    Raises OrganiserError where the name is empty or another's, or the organiser is no longer in the file.
    """
    name = clean(name)
    if not fold(name):
        raise OrganiserError(_("An organiser needs a name."))
    with campaign.write(DeedKind.RENAME_ORGANISER) as deed:
        refuse_gone(campaign, "organiser", organiser_id)
        if (held := _named(campaign, name)) is not None and held.id != organiser_id:
            raise OrganiserError(_("There is an organiser named {name} already.").format(name=name))
        deed.change("organiser", organiser_id, name=name)
    return name


def note_languages(campaign: Campaign, organiser_id: int, languages: str) -> None:
    """Set which languages an organiser speaks, codes separated by spaces: who needs one of them is served to her.

    Raises OrganiserError where the organiser is no longer in the file.
    """
    with campaign.write(DeedKind.NOTE_LANGUAGES) as deed:
        refuse_gone(campaign, "organiser", organiser_id)
        deed.change("organiser", organiser_id, languages=languages)


def _made(deed: Deed, name: str, role: str = "organiser", languages: str = "") -> Organiser:
    name = clean(name)
    if not fold(name):
        raise OrganiserError(_("An organiser needs a name."))
    return Organiser(deed.insert("organiser", name=name, role=role, languages=languages), name, role, languages)


def _named(campaign: Campaign, name: str) -> Organiser | None:
    return next((o for o in organisers(campaign) if fold(o.name) == fold(name)), None)


def choose_organiser(campaign: Campaign, name: str | None = None) -> Organiser | None:
    """Set who works: the one called `name` (made where new), else the last on this device, else one after the login.

    In a campaign open for reading only nobody is made; then None is possible.
    """
    chosen = None
    if name is None:
        last = device.last_organiser(campaign.id)
        chosen = next((o for o in organisers(campaign) if o.id == last), None)
        name = _login()
    chosen = chosen or _named(campaign, name)
    if chosen is None:
        if campaign.read_only:
            return None
        with campaign.write(DeedKind.ADD_ORGANISER) as deed:
            chosen = _named(campaign, name) or _made(deed, name)  # another window may just have made the same
    work_as(campaign, chosen)
    return chosen


def work_as(campaign: Campaign, organiser: Organiser) -> None:
    """Write every row from now on in the name of `organiser`, and remember it on this device."""
    campaign.organiser_id = organiser.id
    device.remember_organiser(campaign.id, organiser.id)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("organiser")
