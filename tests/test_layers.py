"""The house rules that no linter knows: who may import what, where SQL may stand, and that every word is translated."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "organiser_tui"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b")

PROGRAM = "organiser-tui"
"""The same in every language."""

# Which positional arguments of a call people read; Binding's third is its description.
SHOWN_ARGUMENTS = {
    "AskLine": (0,),
    "Binding": (2,),
    "Button": (0,),
    "Choice": (1, 2),
    "ChoiceLine": (0,),
    "Choose": (0,),
    "Column": (1,),
    "Confirm": (0, 1),
    "FormField": (0,),
    "Label": (0,),
    "Offer": (1,),
    "Static": (0,),
    "SystemCommand": (0, 1),
    "Text": (0,),
    "notify": (0,),
    "safe": (0,),
    "say": (0,),
    "tell": (0, 1),
}
SHOWN_KEYWORDS = {"description", "label", "placeholder", "subtitle", "title", "tooltip"}
SHOWN_ATTRIBUTES = {
    "BINDING_GROUP_TITLE", "HELP", "SUB_TITLE", "TITLE",
    "border_subtitle", "border_title", "placeholder", "sub_title", "title", "tooltip",
}  # fmt: skip


def name(path: Path) -> str:
    """How a failing test calls a file."""
    return path.relative_to(PACKAGE.parent).as_posix()


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages a module imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def literal_with_letters(node: ast.expr | None) -> bool:
    """Whether an expression is a string written down in the code that holds a letter."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value != PROGRAM and any(sign.isalpha() for sign in node.value)
    if isinstance(node, ast.JoinedStr):
        return any(literal_with_letters(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp):
        return literal_with_letters(node.left) or literal_with_letters(node.right)
    if isinstance(node, ast.IfExp):
        return literal_with_letters(node.body) or literal_with_letters(node.orelse)
    return False


def called(node: ast.Call) -> str:
    """The last word of what is called: `notify` of `self.app.notify(...)`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def untranslated(tree: ast.AST) -> Iterator[ast.expr]:
    """Every string that people read and that does not pass through `_()`."""
    for node in ast.walk(tree):
        shown: list[ast.expr | None] = []
        if isinstance(node, ast.Call):
            shown += [node.args[place] for place in SHOWN_ARGUMENTS.get(called(node), ()) if place < len(node.args)]
            shown += [word.value for word in node.keywords if word.arg in SHOWN_KEYWORDS]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {getattr(target, "attr", None) or getattr(target, "id", "") for target in targets}
            if names & SHOWN_ATTRIBUTES:
                shown.append(node.value)
            if "BINDINGS" in names and isinstance(node.value, ast.List):
                shown += [key.elts[2] for key in node.value.elts if isinstance(key, ast.Tuple) and len(key.elts) > 2]
        yield from (value for value in shown if value is not None and literal_with_letters(value))


@pytest.mark.parametrize("folder", ["store", "exchange"])
def test_below_the_screen_nothing_loads_textual(folder: str) -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        f"import organiser_tui.{folder} as package\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        "print(*sorted({'textual', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_a_screen_opens_without_reading_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "a.campaign"
    command = [sys.executable, "-m", "organiser_tui", "new", str(file), "--country", "SI", "--plain"]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    subprocess.run(command, check=True, capture_output=True, cwd=PACKAGE.parent, env=environment)
    program = (
        "import sys\n"
        "from organiser_tui.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\n"
        "print('organiser_tui.tui.app' in sys.modules, 'click' in sys.modules, 'sqlite_utils' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, cwd=PACKAGE.parent, env=environment
    )
    assert (done.stdout.split(), "needs a terminal" in done.stderr) == (["1", "True", "False", "False"], True)


def test_sql_stands_in_the_store_only() -> None:
    elsewhere = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in SOURCES
        if not path.is_relative_to(PACKAGE / "store")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SQL.search(line)
    ]
    assert elsewhere == []


def test_only_the_engine_imports_a_database_driver() -> None:
    importers = {
        name(path)
        for path in SOURCES
        if imported(ast.parse(path.read_text(encoding="utf-8"))) & {"sqlcipher3", "sqlite3", "pysqlite3"}
    }
    assert importers == {"organiser_tui/store/engine.py"}


def test_every_word_on_the_screen_is_translated() -> None:
    bare = [
        f"{name(path)}:{shown.lineno}: {ast.unparse(shown)}"
        for path in SOURCES
        if path.is_relative_to(PACKAGE / "tui")
        for shown in untranslated(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert bare == []


@pytest.mark.parametrize(
    "code",
    [
        "Static('Nobody yet')",
        "yield Label(f'{count} people')",
        "Button('Save ' + key, id='save')",
        "Binding('l', 'make_list', 'List', tooltip=_('x'))",
        "Binding('l', 'make_list', _('List'), tooltip='A call list of these')",
        "BINDINGS = [('q', 'quit', 'Leave')]",
        "self.app.notify('Saved')",
        "Column('name', 'Name', 20)",
        "Input(placeholder='Search')",
        "self.border_title = 'People' if wide else ''",
        "TITLE: str = 'Campaign'",
    ],
)
def test_a_bare_string_is_found(code: str) -> None:
    assert list(untranslated(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "Static(_('Nobody yet'), id='empty')",
        "Label(ngettext('{n} person', '{n} people', count).format(n=count), classes='count')",
        "Static('│ ─ 12')",
        "Binding('l', 'make_list', _('List'), id='list')",
        "self.app.notify(str(error))",
        "Column('name', _('Name'), 20)",
    ],
)
def test_a_translated_string_and_a_mark_pass(code: str) -> None:
    assert not list(untranslated(ast.parse(code)))


def test_what_is_translated_is_written_down_and_no_value() -> None:
    """`_(row.kind)` is in no catalogue: nobody can find there which words it may be."""
    values = [
        f"{name(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in SOURCES
        if path.name != "words.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in ("_", "ngettext")
        for word in node.args[: 1 if called(node) == "_" else 2]
        if not isinstance(word, ast.Constant)
    ]
    assert values == []


def test_no_file_is_over_400_lines() -> None:
    files = [*SOURCES, *(PACKAGE.parent / "tests").rglob("*.py")]
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: count for path, count in lines.items() if count > 400} == {}


def test_no_function_is_over_50_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 50
    ]
    assert long == []
