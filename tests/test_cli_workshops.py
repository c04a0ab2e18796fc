"""Sign-ups, events and kept promises on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.running import run


def test_sign_ups_and_who_can_be_counted_on_are_printed_for_scripts(demo: Path, tmp_path: Path) -> None:
    rows = run(tmp_path, "signups", demo, "--json").json()
    assert set(rows[0]) == {"id", "name", "card", "stage", "since", "asked_by", "due"}
    people = {p["id"]: p for p in run(tmp_path, "people", demo, "--json").json()}
    assert all(people[row["id"]]["card"] == row["card"] for row in rows)
    assert {row["stage"] for row in rows} >= {"asked", "form out", "on file"}
    assert all((row["due"] is not None) <= (row["stage"] == "form out") for row in rows)
    tested = run(tmp_path, "counted-on", demo, "--json").json()
    assert tested and all(row["made"] >= row["kept"] for row in tested)
    for row in tested:
        assert [sum(e["kept"] for e in row["evidence"]), len(row["evidence"])] == [row["kept"], row["made"]]
    lines = run(tmp_path, "counted-on", demo).out.splitlines()
    assert [line.split(" | ")[0] for line in lines] == [row["id"] for row in tested]
    assert {row["class"] for row in tested} >= {"counted on", "partly"}


def test_who_came_is_noted_by_a_script(demo: Path, tmp_path: Path) -> None:
    events = run(tmp_path, "events", demo, "--json").json()
    over = next(row for row in events if row["came"])
    guests = {row["id"] for row in run(tmp_path, "people", demo, f'event:"{over["name"]}"', "--json").json()}
    walked_in = next(p for p in run(tmp_path, "people", demo, "--json").json() if p["id"] not in guests)
    came = run(tmp_path, "attend", demo, over["id"], walked_in["id"])
    assert came.out == f"{walked_in['name']} came to {over['name']}: {over['came'] + 1} are there.\n"
    again = run(tmp_path, "attend", demo, over["id"], walked_in["id"])
    assert (again.status, again.err) == (1, f"{walked_in['name']} is here already.\n")
    ahead = next(row for row in events if row["came"] is None and row["cancelled"] is None)
    early = run(tmp_path, "attend", demo, ahead["id"], walked_in["id"])
    assert early.status == 1 and "nobody can have come yet" in early.err
    assert run(tmp_path, "events", demo).out.splitlines()[0].split(" | ")[0] == events[0]["id"]


def test_tasks_are_taken_on_and_ended_by_a_script(demo: Path, tmp_path: Path) -> None:
    people = run(tmp_path, "people", demo, "--json").json()
    maja, *three = (row["id"] for row in people[:4])
    calls = [word for person in three for word in ("--calls", person)]
    taken = run(tmp_path, "tasks", demo, "--take", maja, "--what", "Call colleagues", "--due", "fri", *calls)
    assert taken.out.startswith(f"{people[0]['name']} takes on: call colleagues, number ")
    (task,) = [row for row in run(tmp_path, "tasks", demo, "--json").json() if row["colleagues"]]
    assert task["colleagues"]["named"] == 3 and task["ended"] is None and task["due"] > task["taken_on"]
    assert run(tmp_path, "tasks", demo, "--end", task["id"]).out.endswith(": call colleagues: done.\n")
    again = run(tmp_path, "tasks", demo, "--end", task["id"])
    assert again.status == 1 and "was noted already" in again.err
    kept = {row["id"]: row for row in run(tmp_path, "counted-on", demo, "--json").json()}[maja]
    assert "task" in {promise["what"] for promise in kept["evidence"] if promise["kept"]}
    assert task["id"] not in {row["id"] for row in run(tmp_path, "tasks", demo, "--json").json()}
    assert task["id"] in {row["id"] for row in run(tmp_path, "tasks", demo, "--all", "--json").json()}
    for words in (["--take", maja], ["--take", maja, "--what", "x", "--due", "nonsense"], ["--end", "5"]):
        wrong = run(tmp_path, "tasks", demo, *words)
        assert wrong.status == 1 and wrong.err.count("\n") == 1
