"""The command line: does one thing and prints it. Nothing is asked or drawn here.

Every command imports what it needs when it runs, so that `--help` is there at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from organiser_tui import __version__
from organiser_tui.cli_options import as_json, writes
from organiser_tui.cli_workshops import attend, chapters, committee, counted_on, events, signups, tasks
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.opening import campaign_of, on_screen, open_program, printing
from organiser_tui.words import _

_OPEN = "open"


class _Commands(click.Group):
    """A first word that is no command is the campaign to open."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "--version")):
            args = [_OPEN, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in self.commands if name != _OPEN]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("organiser-tui", "[CAMPAIGN] | COMMAND ...")


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help"]}, no_args_is_help=False)
@click.version_option(__version__, prog_name="organiser-tui")
def commands() -> None:
    """Call lists, contacts, sign-ups and reach for people who organise personal assistants.

    Without a command the full-screen program opens CAMPAIGN, or the one used last.
    """


def _refuse_both(*, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise click.UsageError(_("--json and --csv do not go together."))


@commands.command(_OPEN, hidden=True)
@click.argument("campaign", required=False)
@writes
def open_it(campaign: str | None, who: str | None) -> None:
    """Open the full-screen program."""
    open_program(campaign, who)


@commands.command()
@click.option("--people", type=click.IntRange(1), default=600, show_default=True, help=_("How many people."))
@click.option("--contacts", type=click.IntRange(0), help=_("How many contacts; else five a person."))
@click.option("--country", default="SI", show_default=True, help="SI, FI, GB")
@click.option("--seed", type=int, default=1, show_default=True, help=_("The same seed and day make the same campaign."))
@click.option("--to", "to", metavar="FILE", help=_("Where to; else a new file in the folder for temporary files."))
@click.option("--no-open", is_flag=True, help=_("Make the file and leave."))
@writes
def demo(
    people: int, contacts: int | None, country: str, seed: int, to: str | None, no_open: bool, who: str | None
) -> None:
    """Make a made-up campaign, never encrypted, and open it."""
    import tempfile
    from datetime import UTC, datetime

    from organiser_tui.exchange.demo import Plan
    from organiser_tui.exchange.demo.making import make_demo
    from organiser_tui.store.organisers import choose_organiser, organisers, work_as

    path = Path(to) if to else Path(tempfile.mkdtemp(prefix="organiser-demo-")) / "demo.campaign"
    now = datetime.now(UTC)
    plan = Plan(country, now.date(), seed, people, 5 * people if contacts is None else contacts)

    def tell(done: int) -> None:
        if people > 50_000:
            click.echo(_("{done:,} of {all:,} people").format(done=done, all=people), err=True)

    campaign = make_demo(path, plan, lambda: datetime.now(UTC), tell)
    try:
        if who is not None:
            choose_organiser(campaign, who)
        else:
            work_as(campaign, organisers(campaign)[0])
        if no_open:
            with printing(campaign, made=True):
                click.echo(_shown(path))
        else:
            sys.exit(on_screen(campaign))
    finally:
        campaign.close()


@commands.command()
@click.argument("campaign")
@click.option("--country", required=True, help=_("Two letters: SI, FI, GB, or any other country."))
@click.option("--plain", is_flag=True, help=_("Not encrypted: whoever has the file can read it."))
@writes
def new(campaign: str, country: str, plain: bool, who: str | None) -> None:
    """Make an empty campaign."""
    from datetime import UTC, datetime

    from organiser_tui.store import device
    from organiser_tui.store.founding import found_campaign
    from organiser_tui.store.organisers import choose_organiser

    if not plain:
        raise OrganiserError(
            _("Encrypted campaigns do not exist in this version. Say --plain to make one that is not encrypted.")
        )
    made = found_campaign(Path(campaign), country, lambda: datetime.now(UTC))
    try:
        choose_organiser(made, who)
        device.remember_campaign(made.path)
        with printing(made):
            click.echo(
                _("{path} is made. It is not encrypted: keep it on a disk that is.").format(path=_shown(campaign))
            )
    finally:
        made.close()


@commands.command(name="import")
@click.argument("campaign")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--existing",
    type=click.Choice(["fill", "update", "skip"]),
    default="fill",
    show_default=True,
    help=_("What known people get: what is missing, what the list says instead, nothing."),
)
@click.option("--provider", metavar="NAME", help=_("Where people work for whom the list names no provider."))
@click.option("--rejects", metavar="FILE", help=_("Write the rows that were not taken to FILE, with the reason."))
@click.option("--dry-run", is_flag=True, help=_("Only look: nothing is saved."))
@as_json
@writes
def import_list(campaign: str, files: tuple[str, ...], who: str | None, as_json: bool, **asked: Any) -> None:
    """Bring in lists of people as CSV; each is one batch that can be taken back whole."""
    from organiser_tui.exchange import plain

    with campaign_of(campaign, who, choose=True) as opened:
        plain.import_lists(opened, files, as_json=as_json, **asked)


@commands.command()
@click.argument("campaign")
@click.option("--list", "call_list", metavar="NAME", help=_("A call sheet of this list."))
@click.option("--event", metavar="NAME", help=_("A door sheet of this event (an id or a name)."))
@click.option("--to", "to", metavar="FILE", required=True, help=_("Ends in .pdf, .xlsx or .csv; nothing is there yet."))
@writes
def sheet(campaign: str, call_list: str | None, event: str | None, to: str, who: str | None) -> None:
    """Write the contact sheet of a call list or of an event, for paper or a spreadsheet."""
    from organiser_tui.exchange import plain_sheets

    if (call_list is None) == (event is None):
        raise click.UsageError(_("Name a call list by --list or an event by --event, one of both."))
    with campaign_of(campaign, who, choose=True) as opened:
        plain_sheets.print_sheet(opened, call_list, event, Path(to))


@commands.command()
@click.argument("campaign", required=False)
@click.argument("query", required=False, default="")
@as_json
@click.option("--csv", "as_csv", is_flag=True, help=_("Print a table that a spreadsheet reads."))
def people(campaign: str | None, query: str, as_json: bool, as_csv: bool) -> None:
    """List people: all of them, or those that QUERY (words or a filter) finds."""
    from organiser_tui.exchange import plain

    _refuse_both(as_json=as_json, as_csv=as_csv)
    with campaign_of(campaign) as opened:
        plain.print_people(opened, query, as_json=as_json, as_csv=as_csv)


@commands.command()
@click.argument("campaign", required=False)
@click.option("--unreached", is_flag=True, help=_("Only those that nobody has reached."))
@click.option("--by", type=click.Choice(["region"]), help=_("One line a provider and region."))
@as_json
@click.option("--csv", "as_csv", is_flag=True, help=_("Print a table that a spreadsheet reads."))
def providers(campaign: str | None, unreached: bool, by: str | None, as_json: bool, as_csv: bool) -> None:
    """List providers with how many people were reached there, unreached ones first."""
    from organiser_tui.exchange import plain

    _refuse_both(as_json=as_json, as_csv=as_csv)
    with campaign_of(campaign) as opened:
        plain.print_providers(opened, unreached=unreached, by_region=by == "region", as_json=as_json, as_csv=as_csv)


@commands.command()
@click.argument("campaign", required=False)
@click.argument("call_list", metavar="[LIST]", required=False)
@as_json
def calls(campaign: str | None, call_list: str | None, as_json: bool) -> None:
    """Who can be called now, in order, and who is blocked and why; without LIST everyone."""
    from organiser_tui.exchange import plain

    with campaign_of(campaign) as opened:
        plain.print_calls(opened, call_list, as_json=as_json)


for _command in (signups, events, attend, tasks, counted_on, committee, chapters):
    commands.add_command(_command)


@commands.command()
@click.argument("campaign")
@click.argument("person")
@click.argument("outcome")
@click.option("--channel", default="call", show_default=True, help=_("How: call, meet-up, meeting, text, e-mail …"))
@click.option("--at", metavar="WHEN", help=_("When it was, as people write it; else now."))
@click.option("--number", default="", help=_("Which number it was, where there are several."))
@click.option("--note", default="", help=_("What was said."))
@click.option("--rating", type=click.IntRange(1, 5), help=_("1 leads others … 5 hostile."))
@click.option("--issue", "issues", multiple=True, metavar="WORD", help=_("What troubles the person; may be repeated."))
@click.option("--ask", metavar="KIND=ANSWER", help=_("What was asked and the answer, such as sign=yes."))
@click.option("--follow-up", metavar="WHEN", help=_("Next step: “thu 18h bring the forms”."))
@as_json
@writes
def log(campaign: str, person: str, outcome: str, who: str | None, as_json: bool, **said: Any) -> None:
    """Log one contact with PERSON (an id, a name or a number) that ended with OUTCOME."""
    from organiser_tui.exchange import plain

    with campaign_of(campaign, who, choose=True) as opened:
        plain.log_from_words(opened, person, outcome, as_json=as_json, **said)


@commands.command()
@click.argument("campaign", required=False)
@click.option(
    "--batch", type=click.IntRange(1, 2**63 - 1), metavar="N", help=_("Take back the import batch with this number.")
)
@writes
def undo(campaign: str | None, batch: int | None, who: str | None) -> None:
    """Take back your last deed on this device, or a whole import batch."""
    from organiser_tui.store.history import undo_batch, undo_last

    with campaign_of(campaign, who, choose=True) as opened:
        undone = undo_last(opened) if batch is None else undo_batch(opened, batch)
        click.echo(_("Taken back: {what}").format(what=undone.what or undone.action_id))
        for name in undone.kept:
            click.echo(_("stays, worked with since: {name}").format(name=name))


@commands.command()
@click.argument("campaign", required=False)
@click.argument("person", required=False)
@as_json
def history(campaign: str | None, person: str | None, as_json: bool) -> None:
    """Everything that was done, the latest first; with PERSON what was done about that person."""
    from organiser_tui.exchange import plain

    with campaign_of(campaign) as opened:
        plain.print_history(opened, person, as_json=as_json)


@commands.command()
@click.argument("campaign", required=False)
@as_json
def check(campaign: str | None, as_json: bool) -> None:
    """Look whether a campaign is sound: its file, its journal, its figures; 1 and what is wrong where not."""
    from organiser_tui.exchange import plain

    with campaign_of(campaign, as_it_is=True) as opened:
        sound = plain.print_check(opened, as_json=as_json)
    sys.exit(0 if sound else 1)


@commands.command()
@click.argument("campaign", required=False)
@click.option("--to", "to", required=True, metavar="FILE", help=_("Where the copy goes; nothing may be there yet."))
def backup(campaign: str | None, to: str) -> None:
    """Write a copy of the whole campaign."""
    from organiser_tui.store.safekeeping import backup as copy_to

    with campaign_of(campaign) as opened:
        copy_to(opened, Path(to))
        with printing(opened, made=True):
            click.echo(_shown(to))


def _shown(path: object) -> str:
    """`path` without what would act on a terminal."""
    return "".join(character if character.isprintable() else "·" for character in str(path))
