"""The command line as a script sees it: what is printed where, and the exit status. Nothing ends in a traceback."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from organiser_tui.store.engine import connect
from tests.running import TOP, run


def test_help_names_what_is_built_and_readme_nothing_else(tmp_path: Path) -> None:
    helped = run(tmp_path, "--help")
    commands = set(re.findall(r"^  ([a-z][a-z-]*) ", helped.out, re.M))
    assert helped.status == 0
    assert commands == {
        *("demo", "new", "import", "people", "providers", "calls", "log", "sheet", "undo", "history", "backup"),
        *("check", "signups", "counted-on", "events", "attend", "tasks", "committee", "chapters"),
    }
    named = set(re.findall(r"organiser-tui ([a-z][a-z-]*)\b", (TOP / "README.md").read_text(encoding="utf-8")))
    assert named - {"command"} <= commands
    for command in commands:
        assert run(tmp_path, command, "--help").status == 0


def test_new_says_that_it_is_not_encrypted_and_takes_only_plain(tmp_path: Path) -> None:
    refused = run(tmp_path, "new", "a.campaign", "--country", "SI")
    assert (refused.status, refused.out) == (1, "")
    assert "--plain" in refused.err
    assert not (tmp_path / "a.campaign").exists()
    made = run(tmp_path, "new", "a.campaign", "--country", "si", "--plain", "--as", "Ana")
    assert made.status == 0
    assert "not encrypted" in made.out
    assert (tmp_path / "a.campaign").stat().st_mode & 0o777 == 0o600
    again = run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain")
    assert again.status == 1
    assert "already" in again.err
    assert run(tmp_path, "people", "--json").json() == []  # the last used is opened
    assert run(tmp_path, "new", "b.campaign", "--country", "XX", "--plain").status == 1
    assert run(tmp_path, "new", "b.campaign", "--country", "HR", "--plain").status == 0


def test_usage_ends_with_2_and_a_missing_campaign_with_1(tmp_path: Path) -> None:
    assert run(tmp_path, "people", "--nonsense").status == 2
    missing = run(tmp_path, "people", "nowhere.campaign")
    assert missing.status == 1
    assert missing.err.count("\n") == 1
    assert "nowhere.campaign" in missing.err
    assert run(tmp_path, "people").status == 1


def test_a_list_comes_in_and_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "Ime;Priimek;Telefon;Izvajalec\nAna;Žagar;041 000 221;Zavod Vzorec\n;;041 000 222;Zavod Vzorec\n"
        "Jože;Kos;nima;Zavod Vzorec\n",
        encoding="utf-8-sig",
    )
    run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain")
    looked = run(tmp_path, "import", "a.campaign", "list.csv", "--dry-run", "--json").json()
    assert looked["batch"] is None
    assert run(tmp_path, "people", "a.campaign", "--json").json() == []
    report = run(tmp_path, "import", "a.campaign", "list.csv", "--rejects", "out.csv", "--json").json()
    assert (report["read"], report["added"], report["rejected"]) == (3, 2, 1)
    assert report["read"] == report["added"] + report["matched"] + report["rejected"] + report["questions"]
    assert [(reject["row"], bool(reject["reason"])) for reject in report["rejects"]] == [(3, True)]
    assert isinstance(report["batch"], str)
    people = run(tmp_path, "people", "a.campaign", "zagar", "--json").json()
    assert [(p["name"], p["phones"], p["providers"]) for p in people] == [
        ("Ana Žagar", ["+38641000221"], ["Zavod Vzorec"])
    ]
    assert set(people[0]) == {
        *("id", "name", "phones", "emails", "providers", "regions", "card", "assessment", "isolation"),
        *("do_not_contact", "last_contact", "last_conversation"),
    }
    assert isinstance(people[0]["id"], str)
    assert run(tmp_path, "undo", "a.campaign", "--batch", report["batch"]).status == 0
    assert run(tmp_path, "people", "a.campaign", "--json").json() == []


def test_an_address_that_cannot_be_right_is_kept_but_not_listed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "Ime,Priimek,E-naslov\nAna,Novak,ana@example\nEva,Kos,eva@example.org\n", encoding="utf-8"
    )
    run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain")
    run(tmp_path, "import", "a.campaign", "list.csv")
    people = run(tmp_path, "people", "a.campaign", "--json").json()
    assert {p["name"]: p["emails"] for p in people} == {"Ana Novak": [], "Eva Kos": ["eva@example.org"]}


def test_a_contact_is_logged_shown_and_taken_back(demo: Path, tmp_path: Path) -> None:
    person = run(tmp_path, "calls", demo, "--json").json()["ready"][0]
    assert set(person) == {"id", "name", "phone", "why"}
    before = [p for p in run(tmp_path, "people", demo, "--json").json() if p["id"] == person["id"]]
    logged = run(
        tmp_path, "log", demo, person["id"], "talked", "--note", "=1+1", "--rating", "2", "--issue", "pay",
        "--ask", "sign=yes", "--follow-up", "+2d 18:00 bring the forms", "--as", "Špela Nova", "--json",
        "--channel", "Meet up",
    ).json()  # fmt: skip
    assert logged["person"]["name"] == person["name"]
    found = [p for p in run(tmp_path, "people", demo, "--json").json() if p["id"] == person["id"]]
    assert found[0]["assessment"] == 2
    assert found[0]["last_conversation"] is not None
    assert found[0]["last_contact"][-6] in "+-"
    connection = connect(demo)
    assert connection.execute("SELECT why FROM follow_up ORDER BY id DESC").fetchone() == ("bring the forms",)
    assert connection.execute("SELECT channel FROM contact ORDER BY id DESC").fetchone() == ("meet-up",)
    connection.close()
    diary = run(tmp_path, "history", demo, person["id"], "--json").json()
    assert diary[0]["deed"] == "log contact"
    assert diary[0]["organiser"] == "Špela Nova"
    assert run(tmp_path, "undo", demo, "--as", "spela nova").status == 0
    found = [p for p in run(tmp_path, "people", demo, "--json").json() if p["id"] == person["id"]]
    assert found == before


def test_what_was_understood_of_a_follow_up_is_told(demo: Path, tmp_path: Path) -> None:
    """“to” was taken for a Thursday, and nobody could notice."""
    person = run(tmp_path, "calls", demo, "--json").json()["ready"][0]
    told = run(tmp_path, "log", demo, person["id"], "talked", "--follow-up", "2031-01-02 18:00 bring it").out
    said, *due = told.rstrip("\n").split(". ")
    assert said == f"{person['name']}: talked → Thu 2 Jan 2031 18:00 · bring it"
    assert all(one.startswith("No longer due: ") for one in due)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Nobody Atall", "talked"), "Nobody Atall"),
        (("Novak", "talked"), "several people"),
        (("ID", "shouted"), "not an outcome"),
        (("ID", "talked", "--at", "tomorrow 10:00"), ""),
        (("ID", "talked", "--at", "gibberish"), "gibberish"),
        (("ID", "call back"), "call back needs"),
        (("ID", "talked", "--ask", "sign"), "KIND=ANSWER"),
        (("ID", "talked", "--issue", "weather"), "weather"),
        (("ID", "talked", "--follow-up", "2020-01-01"), ""),
    ],
)
def test_what_cannot_be_logged_is_said_in_one_sentence(
    demo: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    person = run(tmp_path, "calls", demo, "--json").json()["ready"][0]["id"]
    before = run(tmp_path, "history", demo, "--json").json()
    refused = run(tmp_path, "log", demo, *(person if word == "ID" else word for word in words))
    assert refused.status == 1
    assert refused.out == ""
    assert said in refused.err
    assert len(refused.err.strip().splitlines()) == 1
    after = run(tmp_path, "history", demo, "--json").json()
    assert [line["deed"] for line in after if line["deed"] != "add organiser"] == [
        line["deed"] for line in before if line["deed"] != "add organiser"
    ]


def test_providers_unreached_first_and_by_region(demo: Path, tmp_path: Path) -> None:
    board = run(tmp_path, "providers", demo, "--json").json()
    reached = [row["reached"] > 0 for row in board]
    assert reached == sorted(reached)
    unreached = run(tmp_path, "providers", demo, "--unreached", "--json").json()
    assert unreached == [row for row in board if row["reached"] == 0]
    by_region = run(tmp_path, "providers", demo, "--by", "region", "--json").json()
    assert sum(row["known"] for row in by_region) >= sum(row["known"] for row in board)


def test_a_sheet_keeps_numbers_and_runs_no_formula(demo: Path, tmp_path: Path) -> None:
    person = run(tmp_path, "calls", demo, "pomurje", "--json").json()["ready"][0]
    written = run(tmp_path, "sheet", demo, "--list", "pomurje", "--to", "sheet.csv")
    assert written.status == 0, written.err
    raw = (tmp_path / "sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "sheet.csv").stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    row = next(row for row in rows if row["name"] == person["name"])
    assert row["phone"].startswith("+386 ")
    assert row["phone"].replace(" ", "") == person["phone"]
    assert not any(cell.startswith(("=", "@", "-")) for row in rows for cell in row.values())
    again = run(tmp_path, "sheet", demo, "--list", "pomurje", "--to", "sheet.csv")
    assert again.status == 1
    assert "sheet written" not in again.out
    assert run(tmp_path, "sheet", demo, "--list", "nothing like it", "--to", "b.csv").status == 1
    assert any(line["deed"] == "export" for line in run(tmp_path, "history", demo, "--json").json())


def test_a_reader_who_has_had_enough_is_no_fault(demo: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(TOP), "XDG_STATE_HOME": str(tmp_path)}
    shell = f'"{sys.executable}" -m organiser_tui people "{demo}" | head -1'
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, env=env, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_what_was_saved_and_could_not_be_printed_says_so(demo: Path, tmp_path: Path) -> None:
    person = run(tmp_path, "calls", demo, "--json").json()["ready"][0]["id"]
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"Name;Phone\nAna Nova{name};04\n" + ";\n" * 500, encoding="utf-8")
    for words, status, deeds in [
        (("log", demo, person, "no answer", "--as", "Ana"), 3, 1),
        (("log", demo, person, "no answer", "--json"), 3, 1),
        (("import", demo, "a.csv", "b.csv"), 3, 2),
        (("undo", demo), 3, 1),
        (("new", "new.campaign", "--country", "SI", "--plain"), 3, 0),
        (("people", demo), 1, 0),
        (("history", demo, "--json"), 1, 0),
        (("backup", demo, "--to", "copy.campaign"), 3, 0),
    ]:
        before = len(run(tmp_path, "history", demo, "--json").json())
        with open("/dev/full", "w") as full:  # noqa: PTH123
            done = run(tmp_path, *words, stdout=full)
        assert (done.status, len(done.err.splitlines())) == (status, 1), done.err
        assert "could not be printed: No space left on device." in done.err
        assert done.err.startswith("It is saved") == (status == 3)
        assert len(run(tmp_path, "history", demo, "--json").json()) == before + deeds
    assert (tmp_path / "copy.campaign").exists()
    nobody, closed = os.pipe()
    os.close(nobody)
    done = run(tmp_path, "log", demo, person, "no answer", stdout=closed)
    os.close(closed)
    assert (done.status, done.err) == (3, "It is saved, but the answer could not be printed: Broken pipe.\n")


def test_a_full_disk_is_told_in_one_sentence_and_nothing_is_saved(demo: Path, tmp_path: Path) -> None:
    rows = "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d}\n" for n in range(3000))
    (tmp_path / "list.csv").write_text("Name;Phone\n" + rows, encoding="utf-8")
    run(tmp_path, "undo", demo, "--as", "Ana")
    before = run(tmp_path, "history", demo, "--json").json()
    person = run(tmp_path, "calls", demo, "--json").json()["ready"][0]["id"]
    for words in (("import", demo, "list.csv"), ("log", demo, person, "talked", "--note", "long" * 30_000)):
        done = run(tmp_path, *words, largest_file=100_000)
        assert (done.status, done.out) == (1, "")
        assert "Nothing was saved" in done.err, done.err
        assert len(done.err.splitlines()) == 1
        assert run(tmp_path, "history", demo, "--json").json() == before
    assert sorted(path.name for path in tmp_path.glob("demo.campaign*")) == ["demo.campaign"]
    assert run(tmp_path, "import", demo, "list.csv").status == 0


BROKEN = {
    "UPDATE person_figures SET attempts = attempts + 7": "person_figures.attempts",
    "UPDATE action SET kind = 'export' WHERE kind = 'demo'": "is not told as it was written",
    "PRAGMA foreign_keys = OFF; UPDATE contact SET list_id = 7": "refers to a call_list that is not there",
    "DELETE FROM person_fts_data WHERE id > 100": "The file is damaged: fts5",
    "UPDATE person_search SET name = 'evil ' || name": "person_search",
}


@pytest.mark.parametrize("how", BROKEN)
def test_check_says_whether_a_campaign_is_sound(demo: Path, tmp_path: Path, how: str) -> None:
    sound = run(tmp_path, "check", demo)
    assert (sound.status, sound.err) == (0, "")
    assert sound.out.startswith("All is well: the file and its journal hold together, and every kept figure follows")
    assert "Not looked at: what stood in a row when it was made" in sound.out
    assert run(tmp_path, "check", demo, "--json").json() == {"sound": True, "faults": []}
    connection = connect(demo)
    for statement in how.split("; "):
        connection.execute(statement)
    connection.close()
    broken = run(tmp_path, "check", demo)
    assert (broken.status, broken.err) == (1, "")
    assert BROKEN[how] in broken.out
    told = run(tmp_path, "check", demo, "--json")
    assert (told.status, json.loads(told.out)["sound"]) == (1, False)
    assert json.loads(told.out)["faults"] == broken.out.splitlines()


def test_check_tells_of_a_page_that_is_damaged(demo: Path, tmp_path: Path) -> None:
    connection = connect(demo)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact_person'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with demo.open("rb+") as file:
        file.seek((page - 1) * size + 12)
        file.write(b"\xff" * 40)
    damaged = run(tmp_path, "check", demo)
    assert damaged.status == 1
    assert "damaged" in damaged.out + damaged.err


def test_demo_is_the_same_for_a_seed_and_never_the_last_used(tmp_path: Path) -> None:
    made = run(tmp_path, "demo", "--people", "60", "--contacts", "100", "--country", "FI", "--to", "d.db", "--no-open")
    assert (made.status, made.out.strip()) == (0, "d.db")
    assert run(tmp_path, "people").status == 1
    assert len(run(tmp_path, "people", "d.db", "--json").json()) == 60
    assert run(tmp_path, "demo", "--country", "US", "--no-open").status == 1
    assert run(tmp_path, "demo", "--people", "0", "--no-open").status == 2


def test_rejects_never_replace_a_file_that_is_there(demo: Path, tmp_path: Path) -> None:
    """`--rejects` once wrote over the campaign itself."""
    (tmp_path / "list.csv").write_text("Name;Phone\nAna Nova;\n;\n", encoding="utf-8")
    before = run(tmp_path, "people", demo, "--json").json()
    for target in (demo, tmp_path / "list.csv"):
        refused = run(tmp_path, "import", demo, "list.csv", "--rejects", target, "--dry-run")
        assert refused.status == 1
        assert "already" in refused.err
    assert run(tmp_path, "people", demo, "--json").json() == before
    assert (tmp_path / "list.csv").read_text(encoding="utf-8").startswith("Name;Phone")


@pytest.mark.parametrize("query", ["ana@example.org", "a.b", "12:30", 'a"b', "čž_x", "rating<=" + "9" * 30])
def test_no_search_says_that_the_campaign_is_damaged(demo: Path, tmp_path: Path, query: str) -> None:
    assert "damaged" not in run(tmp_path, "people", demo, query).err


def test_an_old_locale_a_strange_name_and_no_folder_of_ones_own_are_no_fault(demo: Path, tmp_path: Path) -> None:
    env = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(TOP), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "organiser_tui", "people", str(demo)]
    for extra in ({}, {"XDG_STATE_HOME": "/dev/null"}):
        done = subprocess.run(
            command, capture_output=True, env={**env, "HOME": str(tmp_path), **extra}, timeout=60, check=False
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == 0, done.stderr
    injected = tmp_path / "headings.csv"
    injected.write_text("x\x1b]52;c;aa\x07y;z\x1b[31mw\n1;2\n", encoding="utf-8")
    assert "\x1b" not in run(tmp_path, "import", demo, injected).err
    os.mkfifo(tmp_path / "fifo.csv")
    assert run(tmp_path, "import", demo, "fifo.csv").status == 1
    assert run(tmp_path, "undo", demo, "--batch", "9" * 24).status == 2
    assert run(tmp_path, "import", demo, b"bad\xff.csv".decode("utf-8", "surrogateescape")).status == 1


def test_the_full_screen_asks_for_a_terminal(demo: Path, tmp_path: Path) -> None:
    refused = run(tmp_path, demo)
    assert refused.status == 1
    assert "terminal" in refused.err


def test_an_empty_name_is_no_campaign_and_not_the_last_one(demo: Path, tmp_path: Path) -> None:
    for words in (["check", ""], ["undo", ""], ["people", ""]):
        done = run(tmp_path, *words)
        assert (done.status, done.err.startswith("Which campaign?")) == (1, True)


def test_a_filter_word_that_there_is_not_is_said_and_not_searched_for(demo: Path, tmp_path: Path) -> None:
    """`people FILE "xx:yes"` printed nothing and ended with 0."""
    refused = run(tmp_path, "people", demo, "xx:yes")
    assert (refused.status, refused.out) == (1, "")
    assert "There is no filter “xx”" in refused.err and "provider" in refused.err
    assert run(tmp_path, "people", demo, "no or rating<=2 and yy = 3").status == 1
    assert run(tmp_path, "people", demo, "(a) b, c.").status == 0


def test_several_people_who_fit_are_counted_though_not_all_are_named(tmp_path: Path) -> None:
    """Nine of ten were named, as if there were no tenth."""
    run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain", "--as", "Ana")
    for letters, said in (("BCDFGHJKL", "Maja La."), ("MN", "and 2 more.")):
        rows = "".join(f"Maja {letter}a\n" for letter in letters)
        (tmp_path / "list.csv").write_text(f"name\n{rows}", encoding="utf-8")
        assert run(tmp_path, "import", "a.campaign", "list.csv").status == 0
        refused = run(tmp_path, "log", "a.campaign", "Maja", "talked")
        assert refused.status == 1
        assert refused.err.count("Maja ") == 9 and refused.err.strip().endswith(said)


def test_which_of_several_numbers_was_wrong_can_be_said(demo: Path, tmp_path: Path) -> None:
    connection = connect(demo)
    person, first = connection.execute(
        "SELECT t.person_id, min(t.e164) FROM phone t WHERE t.gone_by IS NULL AND t.e164 IS NOT NULL"
        " GROUP BY t.person_id HAVING count(*) > 1 ORDER BY t.person_id LIMIT 1"
    ).fetchone()
    connection.close()
    refused = run(tmp_path, "log", demo, person, "wrong number", "--number", "040 999 999")
    assert refused.status == 1 and "none of her numbers" in refused.err
    assert run(tmp_path, "log", demo, person, "wrong number", "--number", first).status == 0
    connection = connect(demo)
    sql = "SELECT standing FROM phone WHERE person_id = ? AND e164 = ?"
    assert connection.execute(sql, (person, first)).fetchone() == ("wrong",)
    connection.close()
