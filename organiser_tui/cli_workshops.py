"""The commands about sign-ups, events, tasks, who can be counted on, and the committee."""

from __future__ import annotations

from typing import Any

import click

from organiser_tui.cli_options import as_json, writes
from organiser_tui.opening import campaign_of
from organiser_tui.words import _


@click.command()
@click.argument("campaign", required=False)
@as_json
def signups(campaign: str | None, as_json: bool) -> None:
    """Who was asked to sign, with where the card stands and what is due; who was never asked is left out."""
    from organiser_tui.exchange import plain_workshops

    with campaign_of(campaign) as opened:
        plain_workshops.print_signups(opened, as_json=as_json)


@click.command()
@click.argument("campaign", required=False)
@as_json
def events(campaign: str | None, as_json: bool) -> None:
    """Events to come and those that are over, with how many were invited, said yes, came."""
    from organiser_tui.exchange import plain_workshops

    with campaign_of(campaign) as opened:
        plain_workshops.print_events(opened, as_json=as_json)


@click.command()
@click.argument("campaign")
@click.argument("event")
@click.argument("person")
@click.option("--brought-by", metavar="PERSON", help=_("Who brought her along."))
@writes
def attend(campaign: str, event: str, person: str, brought_by: str | None, who: str | None) -> None:
    """Note that PERSON (an id, a name or a number) came to EVENT (an id or a name)."""
    from organiser_tui.exchange import plain_workshops

    with campaign_of(campaign, who, choose=True) as opened:
        plain_workshops.attend(opened, event, person, brought_by)


@click.command()
@click.argument("campaign", required=False)
@click.option("--all", "every", is_flag=True, help=_("Those that ended last as well."))
@click.option("--take", "person", metavar="PERSON", help=_("PERSON (an id, a name or a number) takes one on."))
@click.option("--what", default="", metavar="TEXT", help=_("What: call colleagues, take a stall … or any words."))
@click.option("--due", default="", metavar="WHEN", help=_("Until when, as people write it."))
@click.option("--event", default="", metavar="EVENT", help=_("For which event (an id or a name)."))
@click.option("--calls", "colleagues", multiple=True, metavar="PERSON", help=_("Whom she calls; may be repeated."))
@click.option("--end", type=click.IntRange(1, 2**63 - 1), metavar="N", help=_("The task with this number has ended."))
@click.option("--how", type=click.Choice(["done", "not done", "excused"]), default="done", help=_("How it ended."))
@as_json
@writes
def tasks(campaign: str | None, person: str | None, end: int | None, who: str | None, **said: Any) -> None:
    """Open tasks, those due first at the top; or what PERSON takes on, or how one ended."""
    from organiser_tui.exchange import plain_tasks

    with campaign_of(campaign, who, choose=bool(person or end)) as opened:
        plain_tasks.answer(opened, person, end, said)


@click.command(name="counted-on")
@click.argument("campaign", required=False)
@as_json
def counted_on(campaign: str | None, as_json: bool) -> None:
    """Whoever has promised anything that fell due: what was kept of it, those first who can be counted on most."""
    from organiser_tui.exchange import plain_workshops

    with campaign_of(campaign) as opened:
        plain_workshops.print_counted_on(opened, as_json=as_json)


@click.command()
@click.argument("campaign", required=False)
@click.argument("office", required=False)
@click.argument("action", required=False)
@click.argument("words", nargs=-1)
@as_json
@writes
def committee(
    campaign: str | None, office: str | None, action: str | None, words: tuple[str, ...], who: str | None, as_json: bool
) -> None:
    """Offices; with OFFICE its last election: the rules, who stands, what mends the result.

    ACTION: make SEATS [PROVIDER], nominate PERSON, accept PERSON, decline PERSON, votes PERSON NUMBER,
    seat as-voted|mended|next [FROM], term PERSON FROM UNTIL, end PERSON DAY.
    """
    from organiser_tui.exchange import plain_committee

    with campaign_of(campaign, who, choose=action is not None) as opened:
        if office is None:
            plain_committee.print_offices(opened, as_json=as_json)
        elif action is None:
            plain_committee.print_ballot(opened, office, as_json=as_json)
        else:
            plain_committee.work_on_office(opened, office, action, words)


@click.command()
@click.argument("campaign", required=False)
@click.argument("person", required=False)
@click.argument("chapter", required=False, default="")
@click.option("--contact", default="", metavar="WHO", help=_("Who receives the person there."))
@as_json
@writes
def chapters(
    campaign: str | None, person: str | None, chapter: str, contact: str, who: str | None, as_json: bool
) -> None:
    """Who was passed to a local chapter or section; with PERSON and CHAPTER it notes that PERSON is."""
    from organiser_tui.exchange import plain_committee

    with campaign_of(campaign, who, choose=person is not None) as opened:
        if person is None:
            plain_committee.print_passings(opened, as_json=as_json)
        else:
            plain_committee.pass_on(opened, person, chapter, contact)
