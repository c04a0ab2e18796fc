"""The shape of a campaign file: its registry of columns, its ends, checks, indexes and references."""

from __future__ import annotations

import re

import pytest

from organiser_tui.domain.ids import word_id
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import IntegrityError
from organiser_tui.store.registry import ENDS, FACTS, KEPT, LOCAL, OF_PERSON, PERSONAL, REGISTRY, WORDS
from tests.store.building import Builder

_OWN = "name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite*' AND name NOT GLOB 'person_fts*'"
JOURNAL = {"action", "change"}

CLOSED_SETS = {
    "organiser.role": "caller organiser lead",
    "registered_column.class": "personal shared kept local",
    "import_remark.kind": "rejected question remark",
    "stance.stance": "helpful neutral hostile unknown",
    "person.work": "assistant neighbouring-service other",
    "person.position": "worker coordinator manager owner",
    "phone.standing": "good wrong disconnected shared",
    "email.standing": "good wrong",
    "custom_field.kind": "text number yes-or-no date choice",
    "call_list.state": "open paused closed",
    "target.state": "open done refused",
    "answer.answer": "yes maybe later no withdrawn",
    "ask_end.how": "kept not-kept excused",
    "follow_up.kind": "promise call-back",
    "task_end.how": "done late not-done excused",
    "demand.answer": " answered won refused",
    "agreed_action.kind": "demand mutual-aid education",
    "question.kind": "choice number text yes-or-no",
    "mandate.answer": "yes no abstain with-amendment",
    "candidacy.answer": " accepted declined",
    "guest_need.need": "ride childcare interpreter access",
}
"""Words that no campaign may add to; all others are rows of vocabulary tables."""


MOVE_NO_FIGURE = {
    *("person_language", "skill", "tag", "external_id", "custom_value", "ground", "import_remark"),
    *(
        "invitation",
        "task_colleague",
        "event_reminder",
        "guest_need",
        "exported_person",
        "organiser",
        "claim",
        "call_draft",
        "group_member",
        "reprisal",
        "question_answer",
        "request",
        "voter",
        "ballot_mark",
        "mandate",
        "proposal",
        "candidacy",
        "term",
        "chapter_passing",
    ),
    *("demand_backer", "agreed_action", "reprisal_witness"),
    "target",
}
"""Tables whose rows name a person and move none of her figures; a target is moved along with her."""


def tables(campaign: Campaign) -> dict[str, str]:
    """The tables of ours by name, with their SQL."""
    rows = campaign.connection.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'table' AND {_OWN}")
    return dict(rows.fetchall())


def columns(campaign: Campaign, table: str) -> list[str]:
    """The columns of a table."""
    return [row[1] for row in campaign.connection.execute(f"PRAGMA table_info({table})")]


def missing(campaign: Campaign) -> set[tuple[str, str]]:
    """Columns without an entry in the registry, and entries without a column."""
    held = {(table, column) for table in tables(campaign) for column in columns(campaign, table)}
    return held ^ {(table, column) for table, fields in REGISTRY.items() for column in fields}


def test_every_column_has_an_entry_and_every_entry_a_column(campaign: Campaign) -> None:
    assert missing(campaign) == set()


def test_a_column_without_an_entry_is_found(campaign: Campaign) -> None:
    campaign.connection.execute("ALTER TABLE person ADD COLUMN shoe_size INTEGER")
    assert missing(campaign) == {("person", "shoe_size")}


def test_the_registry_stands_in_the_file(campaign: Campaign) -> None:
    rows = campaign.connection.execute("SELECT tbl, field, class FROM registered_column").fetchall()
    assert {(table, field): kind for table, field, kind in rows} == {
        (table, field): kind for table, fields in REGISTRY.items() for field, kind in fields.items()
    }


def test_every_row_ends_or_is_voided_unless_it_is_kept_local_or_the_journal(campaign: Campaign) -> None:
    for table in tables(campaign):
        fields = set(columns(campaign, table))
        ends = fields & {"gone_by", "voided_by"}
        derived = set(REGISTRY[table].values()) <= {KEPT, LOCAL}
        assert len(ends) == int(not derived and table not in JOURNAL), table
    assert not FACTS & ENDS


def test_ids_and_references_are_not_personal_and_go_with_nobody() -> None:
    for table, fields in REGISTRY.items():
        for field, kind in fields.items():
            if field == "id" or field.endswith(("_id", "_by")):
                assert kind != PERSONAL, (table, field)


def test_every_table_that_names_a_person_says_whether_it_moves_figures() -> None:
    named = {table for table, fields in REGISTRY.items() if "person_id" in fields and KEPT not in fields.values()}
    assert named - set(OF_PERSON) - MOVE_NO_FIGURE == set()
    assert not set(OF_PERSON) & MOVE_NO_FIGURE


def test_checks_stand_on_closed_sets_only(campaign: Campaign) -> None:
    found: dict[str, str] = {}
    others: list[str] = []
    for table, sql in tables(campaign).items():
        checks = re.findall(r"CHECK \(([^()]*)\)", sql)
        assert len(checks) == sql.count("CHECK"), table
        for check in checks:
            words = re.findall(r"(\w+) = '([^']*)'", check)
            if words:
                assert check == " OR ".join(f"{words[0][0]} = '{word}'" for _column, word in words)
                found[f"{table}.{words[0][0]}"] = " ".join(word.replace(" ", "-") for _column, word in words)
            else:
                others.append(f"{table}: {check}")
    assert found == CLOSED_SETS
    assert sorted(others) == [
        "assessment: rating BETWEEN 1 AND 5",
        "connection: person_id <> other_id",
        "estimate: headcount >= 0",
    ]


def test_no_table_is_made_while_a_row_is_written(campaign: Campaign) -> None:
    """A list of 100,000 took half as long again: for each column whose words are checked there was one."""
    for table in tables(campaign):
        held = columns(campaign, table)
        sql = f"EXPLAIN INSERT INTO {table} ({', '.join(held)}) VALUES ({', '.join('?' * len(held))})"
        steps = {row[1] for row in campaign.connection.execute(sql, [None] * len(held))}
        assert "Insert" in steps or "IdxInsert" in steps
        assert not steps & {"OpenEphemeral", "OpenAutoindex"}, table


def test_a_word_that_is_not_in_its_set_is_refused(campaign: Campaign, build: Builder) -> None:
    with pytest.raises(IntegrityError):
        build.person(position="boss")


def test_every_index_leaves_out_what_has_ended(campaign: Campaign) -> None:
    indexes = campaign.connection.execute(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    assert len(indexes) > 50
    # Providers and municipalities are few; a provider that has gone is still looked up by the name it had.
    whole = {"provider_folded", "municipality_region", "import_remark_batch"}
    for table, name, sql in indexes:
        ended = "voided_by" if table in FACTS else "gone_by" if table in ENDS else ""
        if name.endswith("_ended"):
            assert f"{ended} IS NOT NULL" in sql, name
        elif ended and name not in whole:
            assert f"{ended} IS NULL" in sql, name


def test_every_foreign_key_follows_an_id_that_changes(campaign: Campaign) -> None:
    keys = [
        (table, key[3], key[2], key[5])
        for table in tables(campaign)
        for key in campaign.connection.execute(f"PRAGMA foreign_key_list({table})")
    ]
    assert len(keys) > 100
    assert [key for key in keys if key[3] != "CASCADE"] == []
    ends = {(table, column) for table, column, parent, _how in keys if parent == "action"}
    assert {(table, "voided_by") for table in FACTS} | {(table, "gone_by") for table in ENDS} <= ends


def test_every_reference_to_a_row_of_a_person_is_a_foreign_key(campaign: Campaign) -> None:
    """Else two copies of a campaign could not give one person the id of the other."""
    loose = {
        (table, column)
        for table in set(tables(campaign)) - {"change"}
        for column in columns(campaign, table)
        if column in ("person_id", "other_id", "brought_by", "provider_id", "contact_id", "list_id")
        and REGISTRY[table][column] not in (KEPT, LOCAL)
        and column not in [key[3] for key in campaign.connection.execute(f"PRAGMA foreign_key_list({table})")]
    }
    assert loose == set()


def test_an_id_that_changes_takes_its_rows_along(campaign: Campaign, build: Builder) -> None:
    provider = build.provider()
    person, other = build.person("Maja", provider), build.person("Eva")
    build.tie(person, other)
    build.call(person, "talked", rating=2, phone_id=build.first_phone(person), list_id=build.call_list(person))
    campaign.connection.execute("UPDATE person SET id = 77 WHERE id = ?", (person,))
    campaign.connection.execute("UPDATE provider SET id = 78 WHERE id = ?", (provider,))
    for table in ("phone", "employment", "contact", "assessment", "target"):
        assert campaign.connection.execute(f"SELECT DISTINCT person_id FROM {table}").fetchall()[0] == (77,), table
    assert campaign.connection.execute("SELECT provider_id FROM employment").fetchone() == (78,)
    assert campaign.connection.execute("SELECT person_id, other_id FROM connection").fetchone() == (77, other)
    assert campaign.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_is_strict(campaign: Campaign) -> None:
    strict = {row[1]: row[5] for row in campaign.connection.execute("PRAGMA table_list")}
    assert [table for table in tables(campaign) if not strict[table]] == []


def test_what_hangs_on_a_row_of_somebody_names_her_itself(campaign: Campaign) -> None:
    """Else erasing her and telling her what is kept, which go by the registry, would miss it."""
    hers = {table for table, fields in REGISTRY.items() if "person_id" in fields and {"id"} <= fields.keys()}
    hanging = {
        table
        for table in tables(campaign)
        for key in campaign.connection.execute(f"PRAGMA foreign_key_list({table})")
        if key[2] in ("contact", "ask", "task", "phone", "target")
    }
    assert hanging >= {"answer", "contact_issue", "ask_end", "task_end"}
    assert hanging - hers == set()


def test_what_can_be_there_once_only_has_an_id_that_follows_from_it(campaign: Campaign, build: Builder) -> None:
    """Else two copies that add the same word could not be joined, nor a word that has gone be made again."""
    once = {
        table: {name for (name,) in campaign.connection.execute(f"SELECT name FROM pragma_index_info('{index[1]}')")}
        for table in set(tables(campaign)) & ENDS
        for index in campaign.connection.execute(f"PRAGMA index_list({table})").fetchall()
        if index[2]
    }
    assert once == {table: set(columns) for table, columns in WORDS.items()}
    build.call_list(build.person(), build.person())
    for table, columns in WORDS.items():
        for row, *words in campaign.connection.execute(f"SELECT id, {', '.join(columns)} FROM {table}"):
            assert row == word_id(table, *words), (table, words)
