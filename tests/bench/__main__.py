"""How fast the program is: one table, every figure beside its yardstick from the same run.

python -m tests.bench                 a million people, five million contacts
python -m tests.bench --people 100000 --contacts 500000
python -m tests.bench --file FILE     a campaign that is there already (its demo is not timed)
"""

from __future__ import annotations

import argparse
import compileall
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import organiser_tui
from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.folding import search_terms
from organiser_tui.exchange.importing import import_file
from organiser_tui.store.call_lists import call_lists, make_call_list
from organiser_tui.store.campaign import open_campaign
from organiser_tui.store.claims import release_claim
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.organisers import choose_organiser, organisers
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.queue import next_person
from organiser_tui.tui.drawing.people import people_columns
from tests.bench.terminal import Terminal
from tests.tui.key_counts import KEY_COUNTS

HERE = Path(__file__).parent
SEARCHES = ("nov", "dru", "041")
LIST_KEYS = ("j", "pagedown", "end", "home")
LISTS, TARGETS, LONG, LONG_EVERY = 200, 2000, 20_000, 20
CALLING = datetime.now(UTC).replace(hour=9, minute=30)
"""Within the hours of calls, whenever the bench is run."""
WIDE = 260
"""Cells at which every column of People has its heading."""


class Table:
    """What was measured, a line at a time."""

    def __init__(self) -> None:
        self.missed = 0
        print(f"{'what':<52}{'measured':>14}{'at most':>16}   {'':<6}")

    def line(self, what: str, measured: float, limit: float | None, unit: str = "ms", *, least: bool = False) -> None:
        """One figure; `limit` is the most it may be, or with `least` the least; None is only told."""
        if limit is None:
            verdict, shown = "", ""
        else:
            good = measured >= limit if least else measured <= limit
            self.missed += not good
            verdict, shown = ("ok" if good else "MISSED"), f"{limit:,.1f}"
        print(f"{what:<52}{measured:>14,.1f}{shown:>16}   {verdict:<6} {unit}", flush=True)


def program(file: Path) -> list[str]:
    return [sys.executable, "-m", "organiser_tui", str(file)]


def start_times(file: Path, runs: int) -> tuple[float, float]:
    """Medians of the empty app's start and of ours until People's first full page, taken in turns."""
    empty, own = [], []
    for _run in range(runs):
        with Terminal([sys.executable, str(HERE / "empty_app.py")]) as yardstick:
            empty.append(yardstick.until("item 12"))
        with Terminal(program(file)) as terminal:
            terminal.until("1 Today")
            terminal.send("3")
            own.append(terminal.until(_first_names(file)[20]))
    return statistics.median(empty), statistics.median(own)


def _first_names(file: Path) -> list[str]:
    campaign = open_campaign(file)
    ids = first_people(campaign, PeopleQuery(), 30)
    page = people_page(campaign, ids)
    names = [f"{page[i].family} {page[i].given}"[:16] for i in ids]
    campaign.close()
    return names


def list_keys(terminal: Terminal, keys: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds to the first paint of each key, pressed in turns."""
    times: dict[str, list[float]] = {key: [] for key in keys}
    for _round in range(rounds):
        for key in keys:
            times[key].append(terminal.to_paint(key))
    return times


def p95(times: Sequence[float]) -> float:
    return sorted(times)[round(0.95 * (len(times) - 1))]


def bench_list(table: Table, file: Path, rounds: int) -> None:
    """Keys on People against the same keys on the empty app's list; then search, sort, providers, a call, memory."""
    with Terminal([sys.executable, str(HERE / "empty_app.py")]) as yardstick:
        yardstick.until("item 12")
        keys = ["down" if key == "j" else key for key in LIST_KEYS]
        empty = dict(zip(LIST_KEYS, list_keys(yardstick, keys, rounds).values(), strict=True))
        empty_memory = yardstick.resident_mib()
    with Terminal(program(file)) as terminal:
        terminal.until("1 Today")
        terminal.send("3")
        terminal.until(_first_names(file)[20])
        time.sleep(3)  # the rest of the ids arrives
        own = list_keys(terminal, LIST_KEYS, rounds)
        for key in LIST_KEYS:
            median, yard = statistics.median(own[key]), statistics.median(empty[key])
            table.line(f"People: {key}, median (empty list {yard:.1f})", median, 1.6 * yard)
            tail = p95(empty[key])
            table.line(
                f"People: {key}, 95th percentile (empty list {tail:.1f})", p95(own[key]), max(2 * tail, tail + 16)
            )
        bench_search(table, terminal, file)
        terminal.send("1")
        terminal.settle()
        table.line("Providers, the whole board", terminal.to_text("4", "nobody has reached"), 150)
        terminal.send("1")
        terminal.settle()
        table.line("  coming back to it", terminal.to_text("4", "nobody has reached"), None)
        terminal.send("1")
        terminal.settle()
        table.line("Sign-ups, the board and its first column", terminal.to_text("5", "not asked"), 100)
        terminal.send("1")
        terminal.settle()
        terminal.send("c")
        terminal.settle()
        times = [terminal.to_change("2", 1) for _call in range(15)]
        table.line("outcome saved, next person shown, median", statistics.median(times), 50)
        table.line("resident memory after all of that", terminal.resident_mib(), 130, "MiB")
        table.line("  the empty app's", empty_memory, None, "MiB")


def bench_search(table: Table, terminal: Terminal, file: Path) -> None:
    """From the last letter to the first row that fits."""
    campaign = open_campaign(file)
    for words in SEARCHES:
        terminal.send("end")
        terminal.settle()
        terminal.send("/")
        for letter in words[:-1]:
            terminal.settle()
            terminal.send(letter)
        start = time.perf_counter()
        ids = first_people(campaign, PeopleQuery(words=words), 60)
        page = people_page(campaign, ids, search_terms(words))
        bare = (time.perf_counter() - start) * 1000
        row = page[ids[0]]
        # The words stand in the headline from the moment the page does.
        taken = terminal.to_text(words[-1], f"“{words}”")
        if not terminal.stands(f"{row.family} {row.given}"[:16]):
            raise ValueError(f"the page after a search for {words} is not the one that SQL gives")
        table.line(f"first page after a search for {words} (bare SQL {bare:.1f})", taken, 50)
        terminal.send("escape")
        terminal.settle()
        terminal.send("escape")
        terminal.settle()
    campaign.close()


def bench_sort(table: Table, file: Path) -> None:
    """Every column, chosen by its name, until its heading has the mark and the page stands."""
    labels = [column.label for column in people_columns()]
    times = {}
    with Terminal(program(file), columns=WIDE) as terminal:
        terminal.until("1 Today")
        terminal.send("3")
        terminal.until(_first_names(file)[20])
        time.sleep(3)  # the rest of the ids arrives
        for label in [*labels[1:], labels[0]]:
            for key in ("home", "s"):
                terminal.send(key)
                terminal.settle()
            terminal.send(label)
            times[label] = terminal.to_text("enter", f"{label} ▲", f"{label}▲")
    worst = max(times, key=lambda label: times[label])
    table.line(f"sort by a column, the slowest of {len(times)} ({worst})", times[worst], 150)


def bench_import(table: Table, folder: Path, file: Path, rows: int) -> None:
    """A list of new people with a number, an address, a provider and a place: into a new campaign, and into `file`."""
    people, random = folder / "list.csv", Random(7)
    given, family = ("Ana", "Marko", "Špela", "Jože", "Neža", "Žiga"), ("Novak", "Žagar", "Čuk", "Kranjc", "Đorđević")
    with people.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.writer(written, delimiter=";")
        writer.writerow(["Ime", "Priimek", "Telefon", "E-naslov", "Izvajalec", "Občina"])
        for number in range(rows):
            writer.writerow(
                [
                    random.choice(given),
                    f"{random.choice(family)}-{number}",
                    f"041 {number // 1000 % 1000:03d} {number % 1000:03d}" if number < 1_000_000 else "",
                    f"a{number}@example.org",
                    f"Zavod {number % 150}",
                    random.choice(("Kranj", "Celje", "Koper", "Maribor")),
                ]
            )
    for into, campaign in (
        ("a new campaign", found_campaign(folder / "import.campaign", "SI", lambda: datetime.now(UTC))),
        ("this file", open_campaign(file)),
    ):
        choose_organiser(campaign, "Ana")
        start = time.perf_counter()
        report = import_file(campaign, people)
        seconds = time.perf_counter() - start
        campaign.close()
        what = f"CSV import of {report.read:,} rows ({report.added:,} added) into {into}"
        table.line(what, rows / seconds, 8000, "rows/s", least=True)


def bench_serving(table: Table, file: Path) -> None:
    """The next person from each of 200 open lists, most of 2,000 people, some of 20,000, and of everyone.

    Each is claimed and given back. Beside it, what all of the lists take that are shown with what is left of each.
    """
    campaign = open_campaign(file, lambda: CALLING)
    choose_organiser(campaign, "Ana")
    everybody = [row[0] for row in campaign.connection.execute("SELECT person_id FROM person_figures")]
    random = Random(7)
    made = [
        make_call_list(
            campaign,
            CallListDraft(f"List {n}"),
            random.sample(everybody, min(len(everybody), LONG if n % LONG_EVERY == 0 else TARGETS)),
        )
        for n in range(LISTS)
    ]
    times = []
    for list_id in (None, *made):
        start = time.perf_counter()
        served = next_person(campaign, list_id)
        times.append((time.perf_counter() - start) * 1000)
        assert served is not None
    start = time.perf_counter()
    call_lists(campaign)
    shown = (time.perf_counter() - start) * 1000
    release_claim(campaign)
    campaign.close()
    table.line(f"next person served, median of {LISTS} open lists", statistics.median(times), 20)
    table.line("  95th percentile", sorted(times)[len(times) * 95 // 100], 20)
    table.line("  the slowest of them", max(times), None)
    table.line("  all lists with what is left of each", shown, None)


def bench_keys(table: Table) -> None:
    """What the work inside a call takes; tests/tui/test_key_counts.py presses them."""
    for work in KEY_COUNTS:
        table.line(f"keys: {work.what}", work.counted, work.most, "keys")


def bench_visidata(table: Table, file: Path, folder: Path) -> None:
    """VisiData on the same people as CSV, for comparison only."""
    visidata = shutil.which("vd", path=str(Path(sys.executable).parent)) or shutil.which("vd")
    if visidata is None:
        print("VisiData is not installed: pip install -e '.[bench]'")
        return
    campaign = open_campaign(file)
    csv_file = folder / "people.csv"
    with csv_file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(["family", "given", "provider", "phone", "card"])
        writer.writerows(
            campaign.connection.execute(
                "SELECT p.family, p.given, v.name, f.phone, f.card FROM person_figures f JOIN person p"
                " ON p.id = f.person_id LEFT JOIN provider v ON v.id = f.provider_id ORDER BY f.name_key, f.person_id"
            )
        )
    name = _first_names(file)[3].split()[0][:10]
    campaign.close()
    with Terminal([visidata, str(csv_file)]) as terminal:
        table.line("  VisiData: start to the first rows", terminal.until(name), None)
        time.sleep(8)
        times = list_keys(terminal, ("j",), 15)["j"]
        table.line("  VisiData: j, median", statistics.median(times), None)
        table.line("  VisiData: resident memory", terminal.resident_mib(), None, "MiB")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=5_000_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the list that is brought in")
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    # As an installed program is: where Python is told to write no bytecode, a checkout is compiled at every start.
    compileall.compile_dir(Path(organiser_tui.__file__).parent, quiet=1)
    table = Table()
    with tempfile.TemporaryDirectory(prefix="organiser-bench-") as folder:
        file = asked.file or Path(folder, "bench.campaign")
        if asked.file is None:
            bench_demo(table, file, asked.people, asked.contacts)
        file = copied(file, Path(folder))
        empty, own = start_times(file, asked.runs)
        table.line(f"start to People's first full page (empty app {empty:.0f})", own, 1.6 * empty + 50)
        bench_list(table, file, 25)
        bench_sort(table, file)
        bench_keys(table)
        bench_visidata(table, file, Path(folder))
        bench_import(table, Path(folder), file, asked.rows)
        bench_serving(table, file)
    print(f"{table.missed} missed" if table.missed else "every limit kept")
    return 1 if table.missed else 0


def copied(file: Path, folder: Path) -> Path:
    """A copy to call people on, with somebody at work in it."""
    copy = folder / "copy.campaign"
    shutil.copy(file, copy)
    os.sync()  # else the disk writes three gigabytes while what is measured first reads from it
    campaign = open_campaign(copy)
    choose_organiser(campaign, organisers(campaign)[0].name)
    campaign.close()
    return copy


def bench_demo(table: Table, file: Path, people: int, contacts: int) -> None:
    """The made-up campaign, as the command line makes it."""
    size = ["--people", str(people), "--contacts", str(contacts)]
    start = time.perf_counter()
    subprocess.run([*program(Path("demo")), *size, "--to", str(file), "--no-open"], check=True, capture_output=True)
    table.line(f"demo of {people:,} people, {contacts:,} contacts", time.perf_counter() - start, 150, "s")


if __name__ == "__main__":
    sys.exit(main())
