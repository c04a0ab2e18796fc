"""Whom to call about an event."""

from __future__ import annotations

from organiser_tui.domain.contacts import AskDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.gatherings import next_event, undecided_about
from tests.store.building import Builder


def test_whoever_said_neither_yes_nor_no_is_called_about_an_event(campaign: Campaign, build: Builder) -> None:
    event, other = build.event("2026-12-01T18:00"), build.event("2026-12-08T18:00")
    names = ("yes", "no", "withdrawn", "maybe", "asked", "silent", "not invited", "gone")
    people = {name: build.person(name) for name in names}
    for name, person in people.items():
        if name != "not invited":
            build.insert("invitation", event_id=event, person_id=person, day="2026-11-01")
    for name in ("yes", "no", "withdrawn", "maybe", "asked"):
        ask = build.insert("ask", person_id=people[name], kind="come", day="2026-11-02", event_id=event)
        if name != "asked":
            build.insert("answer", person_id=people[name], ask_id=ask, answer=name, day="2026-11-02")
    elsewhere = build.insert("ask", person_id=people["silent"], kind="come", day="2026-11-02", event_id=other)
    build.insert("answer", person_id=people["silent"], ask_id=elsewhere, answer="yes", day="2026-11-02")
    build.end("person", people["gone"])
    assert undecided_about(campaign, event) == [people[name] for name in ("maybe", "asked", "silent")]
    assert undecided_about(campaign, other) == []


def test_of_several_answers_about_an_event_the_last_counts(campaign: Campaign, build: Builder) -> None:
    """One invited, one yes, one no: of the same person, who first came and then did not."""
    event, person = build.event("2026-12-01T18:00"), build.person()
    build.insert("invitation", event_id=event, person_id=person, day="2026-11-01")
    old = build.insert("ask", person_id=person, kind="come", day="2026-11-01", event_id=event)
    build.insert("answer", person_id=person, ask_id=old, answer="no", day="2026-11-01")
    for answer, counts, undecided in (
        ("yes", (1, 1, 0), []),
        ("maybe", (1, 0, 0), [person]),
        ("no", (1, 0, 1), []),
    ):
        build.call(person, "talked", ask=AskDraft("come", answer, event))
        line = next_event(campaign)
        assert line is not None and (line.invited, line.yes, line.no) == counts
        assert undecided_about(campaign, event) == undecided
    assert campaign.connection.execute("SELECT count(*) FROM ask").fetchone() == (1,)
    new = build.insert("ask", person_id=person, kind="come", day="2026-11-19", event_id=event)
    build.insert("answer", person_id=person, ask_id=new, day="2026-11-19", answer="yes")
    line = next_event(campaign)  # as an older version wrote it
    assert line is not None and (line.invited, line.yes, line.no) == (1, 1, 0)
