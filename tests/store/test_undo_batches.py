"""A list that came in is taken back whole, but for whoever was worked with since."""

from __future__ import annotations

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import refresh
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_batch
from organiser_tui.store.people import PeopleQuery, people_ids
from organiser_tui.store.person_history import history_of, rows_of
from tests.store.building import Builder, Clock
from tests.store.test_figures import assert_figures_follow
from tests.store.test_undo import Cast


@pytest.fixture
def cast(build: Builder, clock: Clock) -> Cast:
    return Cast(build, clock)


@pytest.fixture
def batch(campaign: Campaign, cast: Cast) -> int:
    """A list that came in: a new provider, two new people there, and another name for Maja."""
    with campaign.write(DeedKind.IMPORT, batch_id=77) as deed:
        deed.insert_many("import_batch", ("id", "file_name", "at"), [(77, "seznam.csv", deed.at)])
        breza = deed.insert("provider", name="Breza", folded="breza", kind="unknown")
        for name in ("Nina", "Peter"):
            person = deed.insert("person", given=name, family="Uvoz")
            deed.insert("employment", person_id=person, provider_id=breza)
            deed.insert("assessment", person_id=person, rating=2, day="2026-11-01")
            deed.insert("skill", person_id=person, skill="sign language")
        deed.change("person", cast.maja, family="Uvožena")
    return 77


def _person(campaign: Campaign, given: str) -> int:
    return int(campaign.connection.execute("SELECT id FROM person WHERE given = ?", (given,)).fetchone()[0])


def test_a_batch_is_taken_back_whole(campaign: Campaign, build: Builder, clock: Clock, batch: int) -> None:
    assert undo_batch(campaign, batch).kept == []
    given = {row[0] for row in campaign.connection.execute("SELECT given FROM person WHERE gone_by IS NULL")}
    assert given == {"Maja", "Eva", "Luka", "Ana"}
    assert build.value("person", _person(campaign, "Maja"), "family") == "Novak"
    gone = "SELECT count(*) FROM {} WHERE gone_by IS NOT NULL"
    assert [campaign.connection.execute(gone.format(t)).fetchone()[0] for t in ("provider", "import_batch")] == [1, 1]
    assert_figures_follow(campaign)
    with pytest.raises(OrganiserError, match="no import batch 77"):
        undo_batch(campaign, batch)


def test_who_was_worked_with_since_a_batch_stays_with_all_that_is_hers(
    campaign: Campaign, build: Builder, batch: int
) -> None:
    nina, peter = _person(campaign, "Nina"), _person(campaign, "Peter")
    build.call(nina, "talked", rating=1)
    build.change("person", _person(campaign, "Maja"), family="Popravljena")
    undone = undo_batch(campaign, batch)
    assert undone.kept == ["Nina Uvoz", "Maja Popravljena", "Breza"]
    assert build.value("person", peter, "gone_by") is not None
    for table in ("employment", "skill", "assessment"):
        ended = "voided_by" if table == "assessment" else "gone_by"
        rows = campaign.connection.execute(f"SELECT {ended} IS NULL FROM {table} WHERE person_id = ?", (nina,))
        assert all(row[0] for row in rows), table
    assert build.figure(nina, "provider_id") is not None
    assert build.value("person", _person(campaign, "Maja"), "family") == "Popravljena"
    assert_figures_follow(campaign)
    assert faults_of(campaign) == []


def test_what_a_person_who_stays_refers_to_stays(campaign: Campaign, build: Builder, cast: Cast) -> None:
    """The custom fields of a list were taken out under the people who stayed."""
    with campaign.write(DeedKind.IMPORT, batch_id=78) as deed:
        deed.insert_many("import_batch", ("id", "file_name", "at"), [(78, "shoes.csv", deed.at)])
        field, other = deed.insert("custom_field", name="Shoe"), deed.insert("custom_field", name="Hat")
        nina, peter = deed.insert("person", given="Nina"), deed.insert("person", given="Peter")
        for person, of in ((nina, field), (peter, other)):
            deed.insert("custom_value", person_id=person, custom_field_id=of, value="38")
        deed.insert("import_remark", batch_id=78, line=1, kind="question", field="", reason="?", person_id=nina)
    build.call(nina, "no answer")
    assert undo_batch(campaign, 78).kept == ["Nina", "Shoe"]
    gone = "SELECT {} FROM {} WHERE gone_by IS NOT NULL"
    assert campaign.connection.execute(gone.format("id", "custom_field")).fetchall() == [(other,)]
    assert campaign.connection.execute(gone.format("value", "custom_value")).fetchall() == [("38",)]
    assert campaign.connection.execute(gone.format("id", "import_batch")).fetchall() == [(78,)]
    assert len(campaign.connection.execute(gone.format("id", "import_remark")).fetchall()) == 1
    assert faults_of(campaign) == []


@pytest.mark.parametrize("many", [5, 1000])
def test_a_big_batch_taken_back_leaves_no_word_in_the_search(
    campaign: Campaign, build: Builder, cast: Cast, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Word by word, the words of a hundred thousand people took most of a minute to take out."""
    monkeypatch.setattr(refresh, "_MANY", many)
    monkeypatch.setattr(refresh, "_CHUNK", 8)
    with campaign.write(DeedKind.IMPORT, batch_id=79) as deed:
        people = [deed.insert("person", given=f"Uvožena{n}", family="Novak") for n in range(30)]
    build.call(people[3], "no answer")
    assert undo_batch(campaign, 79).kept == ["Uvožena3 Novak"]
    for words, ids in (("uvozena", [people[3]]), ("novak", [people[3], *sorted([cast.maja, cast.eva, cast.luka])])):
        found = [i for chunk in people_ids(campaign, PeopleQuery(words=words)) for i in chunk]
        assert set(ids) <= set(found)
        assert not set(found) & (set(people) - {people[3]})
    assert faults_of(campaign) == []
    campaign.connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, person_fts, row)")
    held = {row[0] for row in campaign.connection.execute("SELECT term FROM temp.words")}
    assert {word for word in held if "uvozena" in word} == {"uvozena3"}


def test_an_answer_given_later_is_in_the_story_of_whoever_gave_it(campaign: Campaign, cast: Cast) -> None:
    """What was answered after the call, how a promise ended and what troubled her were nobody's in the journal."""
    build, eva = cast.build, cast.eva
    ask = build.insert("ask", person_id=eva, kind="sign", day="2026-11-10")
    contact = build.call(eva, "no answer")
    task = build.insert("task", person_id=eva, kind="organising", taken_on="2026-11-01")
    rows = {
        "answer": build.answer(ask, "yes", "2026-11-18"),
        "contact_issue": build.insert("contact_issue", person_id=eva, contact_id=contact, issue="pay"),
        "ask_end": build.insert("ask_end", person_id=eva, ask_id=ask, how="kept", day="2026-11-18"),
        "task_end": build.insert("task_end", person_id=eva, task_id=task, how="done", day="2026-11-18"),
    }
    told = [deed.changes[0].table for deed in history_of(campaign, eva, 4)]
    assert told == list(reversed(rows))
    lines = diary(campaign, person_id=eva, limit=4)
    assert [line.person_id for line in lines] == [eva] * 4
    assert set(rows.values()) <= set(rows_of(campaign, eva))
    build.end("answer", rows["answer"])
    assert history_of(campaign, eva, 1)[0].changes[0].what == "ended"
