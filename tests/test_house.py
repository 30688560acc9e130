"""Promises about the code itself: who may import whom, where words stand, what is documented."""

from __future__ import annotations

import ast
import json
import os
import re
import string
import subprocess
import sys
import tokenize
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import antq_cli
from antq_cli.cli.root import COMMANDS
from antq_cli.errors import ARCHIVE_REASONS, INPUT_REASONS, ExitCode
from antq_cli.messages import LANGUAGES, say

PACKAGE = Path(antq_cli.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [module.relative_to(ROOT).as_posix() for module in MODULES]

CODE_LINES = 300
LONGER: dict[str, int] = {}
"""Modules allowed to hold more lines of code, with how many; entries may only go or shrink."""

every_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def code_lines(module: Path) -> int:
    """Lines that hold more than a comment, a docstring or nothing."""
    docstrings: set[int] = set()
    for node in docstring_nodes(tree_of(module)):
        docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines: set[int] = set()
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    with tokenize.open(module) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type not in silent:
                lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings)


def docstring_nodes(tree: ast.AST) -> Iterator[ast.Constant]:
    """Strings that stand alone as a statement: docstrings, also those below attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value


def string_constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """Strings that the program uses."""
    silent = {id(node) for node in docstring_nodes(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, not measured: coverage would load modules into it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


# --- Layers -----------------------------------------------------------------------------------------------------------


def test_imports_follow_the_contracts() -> None:
    """The layers of docs/architecture.md, as pyproject.toml writes them down, hold."""
    ran = python("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_room_is_in_the_map_of_the_house() -> None:
    """Each package stands in the table of docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()} - {"pipeline"}
    assert [room for room in sorted(rooms) if f"| `{room}` |" not in text] == []


def test_help_loads_nothing_heavy() -> None:
    """`antq --help` answers at once: neither screen nor index nor pictures are loaded for it."""
    heavy = ["rich", "whoosh", "pypdf", "pypdfium2", "pytesseract", "numpy", "PIL", "docx", "sqlite3", "rapidfuzz"]
    program = (
        "import json, sys; from antq_cli.cli.run import run; code = run(['--help']);"
        f"print(json.dumps([code, sorted(set({heavy!r}) & set(sys.modules))]))"
    )
    ran = python("-c", program)
    assert json.loads(ran.stdout.splitlines()[-1]) == [0, []], ran.stderr


# --- Modules ----------------------------------------------------------------------------------------------------------


@every_module
def test_a_module_says_what_it_is(module: Path) -> None:
    """Every module begins with a docstring."""
    assert ast.get_docstring(tree_of(module))


@every_module
def test_a_module_stays_small(module: Path) -> None:
    """A module fits into one reading."""
    assert code_lines(module) <= LONGER.get(module.relative_to(ROOT).as_posix(), CODE_LINES)


def test_exceptions_to_the_size_are_needed() -> None:
    """The list of longer modules names only modules that are longer, with no line to spare."""
    assert {name: code_lines(ROOT / name) for name in LONGER} == LONGER
    assert [name for name, lines in LONGER.items() if lines <= CODE_LINES] == []


def test_no_module_is_a_drawer() -> None:
    """No module is named after nothing."""
    assert [name for name in NAMES if Path(name).stem in {"utils", "util", "helpers", "misc", "manager"}] == []


WORDS_ALLOWED = {"antq_cli/vietnamese/text.py"}
"""Tells spellings from one another, so it must name letters."""
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")


def is_vietnamese(letter: str) -> bool:
    """A letter with a Vietnamese tone or shape; not Đ and đ, which patterns over written text must name."""
    base, *marks = unicodedata.normalize("NFD", letter)
    return base.isascii() and base.isalpha() and bool(marks) and MARKS.issuperset(marks)


@every_module
def test_words_stand_in_tables(module: Path) -> None:
    """What antq recognises and says stands in TOML: no string of a module holds a Vietnamese letter but Đ and đ."""
    if module.relative_to(ROOT).as_posix() in WORDS_ALLOWED:
        return
    words = [node for node in string_constants(tree_of(module)) if any(map(is_vietnamese, node.value))]
    assert [(node.lineno, node.value) for node in words] == []


# --- Safety -----------------------------------------------------------------------------------------------------------

FORBIDDEN_NAMES = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen"),
    *("pickle.load", "pickle.loads", "pickle.dump", "pickle.dumps"),
    *("socket.socket", "socket.create_connection", "socket.create_server", "socket.getaddrinfo"),
}
FORBIDDEN_MODULES = {"marshal", "shelve", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "ssl", "requests"}
PICKLE_ALLOWED = {"antq_cli/archive/whoosh_index.py", "antq_cli/archive/whoosh_storage.py"}
"""They replace Whoosh's unpickler by one that knows harmless names only (docs/decisions/003-whoosh.md)."""


@every_module
def test_nothing_dangerous_is_called(module: Path) -> None:
    """No code made of text, no shell, no network, no pickle, no picture opened without naming its formats."""
    forbidden = FORBIDDEN_MODULES | (set() if module.relative_to(ROOT).as_posix() in PICKLE_ALLOWED else {"pickle"})
    troubles: list[str] = []
    for node in ast.walk(tree_of(module)):
        match node:
            case ast.Import(names=names):
                troubles += [alias.name for alias in names if alias.name in forbidden]
            case ast.ImportFrom(module=str(source), names=names):
                full = {source, *(f"{source}.{alias.name}" for alias in names)}
                troubles += full & (forbidden | FORBIDDEN_NAMES)
            case ast.Name() | ast.Attribute() if ast.unparse(node) in FORBIDDEN_NAMES:
                troubles.append(f"{ast.unparse(node)} in line {node.lineno}")
            case ast.Call(func=function, keywords=keywords):
                given = {keyword.arg: ast.unparse(keyword.value) for keyword in keywords}
                if given.get("shell", "False") != "False":
                    troubles.append(f"shell in line {node.lineno}")
                if ast.unparse(function) in {"Image.open", "PIL.Image.open"} and "formats" not in given:
                    troubles.append(f"Image.open without formats in line {node.lineno}")
    assert troubles == []


MACHINE_PATHS = re.compile(
    r"(?<![\w.~/])/(?:home|root|work|Users|opt(?!/homebrew)|mnt|srv)/\w|[A-Za-z]:\\\\?Users\\", re.ASCII
)
REGISTRIES = re.compile(r"https?://\S*(?:pypi|pythonhosted|nexus|artifactory|devpi)\S*|--(?:extra-)?index-url", re.I)
TEXTS = sorted(
    path
    for path in (
        *ROOT.glob("*.*"),
        *(
            each
            for folder in ("antq_cli", "docs", "scripts", "tests", "bench", ".ci", "indexes")
            for each in (ROOT / folder).rglob("*")
        ),
        *(ROOT / "samples").glob("generator/**/*"),
    )
    if path.is_file()
    and path.suffix in {"", ".py", ".toml", ".md", ".lock", ".ps1", ".txt", ".jsonl"}
    and "__pycache__" not in path.parts
    and not path.name.startswith(".coverage")
)


def test_sources_know_no_machine() -> None:
    """No source names a place of one machine or the host of a package registry."""
    own = Path(__file__).resolve()
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEXTS
        if path.resolve() != own
        for pattern in (MACHINE_PATHS, REGISTRIES)
        for match in pattern.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


# --- Words ------------------------------------------------------------------------------------------------------------


def sentences(language: str) -> list[tuple[str, str]]:
    """Ids and sentences of a language, as often as they are written down."""
    return [
        (f"{section}.{key}", sentence)
        for file in sorted((PACKAGE / "messages" / language).glob("*.toml"))
        for section, entries in tomllib.loads(file.read_text("utf-8")).items()
        for key, sentence in entries.items()
    ]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


SAID = {language: dict(sentences(language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_stands_once(language: str) -> None:
    """No id is written down twice, in one file or in two."""
    counts = Counter(name for name, _ in sentences(language))
    assert [name for name, count in counts.items() if count > 1] == []


def test_both_languages_say_the_same() -> None:
    """Every sentence exists in both languages, with the same placeholders, and is not empty."""
    assert SAID["vi"].keys() == SAID["en"].keys()
    differing = [name for name, said in SAID["vi"].items() if placeholders(said) != placeholders(SAID["en"][name])]
    assert differing == []
    assert [name for said in SAID.values() for name, sentence in said.items() if not sentence.strip()] == []


def called_ids() -> Iterator[tuple[str, str]]:
    """Module and message id of every `say("…")` with a literal id; `{…}` in place of what is filled in."""
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "say" and node.args):
                continue
            match node.args[0]:
                case ast.Constant(value=str(name)):
                    yield module.name, name
                case ast.JoinedStr(values=parts):
                    yield module.name, "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)


def test_every_sentence_asked_for_exists() -> None:
    """Each literal id exists; an id with a part filled in has at least one sentence that fits."""
    missing = []
    for module, name in called_ids():
        pattern = re.compile(".+".join(re.escape(part) for part in name.split("{}")))
        if not any(pattern.fullmatch(known) for known in SAID["vi"]):
            missing.append((module, name))
    assert missing == []


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Family, reason and names of the values of every error with a literal reason; None where values are unpacked."""
    families = {"InputError": "input", "ArchiveError": "archive", "ToolMissing": "tool", "UsageError": "usage"}
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            family = families.get(ast.unparse(node.func).rpartition(".")[2])
            if family is not None:
                names = [keyword.arg for keyword in node.keywords]
                yield family, str(node.args[0].value), None if None in names else {str(name) for name in names}


def test_every_error_has_its_sentence() -> None:
    """Each error raised anywhere can be told: its sentence exists and its placeholders are given."""
    errors = list(raised())
    assert len(errors) > 20
    untold = [f"{family}.{reason}" for family, reason, _ in errors if f"{family}.{reason}" not in SAID["vi"]]
    assert untold == []
    short = [
        f"{family}.{reason}"
        for family, reason, given in errors
        if given is not None and not placeholders(SAID["vi"][f"{family}.{reason}"]) <= given
    ]
    assert short == []


@pytest.mark.parametrize(("family", "reasons"), [("input", INPUT_REASONS), ("archive", ARCHIVE_REASONS)])
def test_reasons_are_complete(family: str, reasons: tuple[str, ...]) -> None:
    """The stable words of errors.py are exactly those with a sentence, and those that are raised."""
    assert {name.partition(".")[2] for name in SAID["vi"] if name.startswith(f"{family}.")} == set(reasons)
    assert {reason for kind, reason, _ in raised() if kind == family} <= set(reasons)


# --- Commands and documents -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, language: str) -> None:
    """Each command and each of its options explains itself in both languages."""
    command = import_module(f"antq_cli.cli.{name}_cmd").build(language)
    assert command.name == name
    assert command.help == say(f"help.{name}", language)  # type: ignore[arg-type]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    assert [option.name for option in options if not option.help] == []


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def test_exit_codes_are_documented() -> None:
    """The contract and the page of errors have a row for every exit code, and for no other."""
    for name in ("contract.md", "errors.md"):
        rows = {int(number) for number in re.findall(r"^\| (\d+) \|", document(name), re.M)}
        assert rows == set(ExitCode), name


def test_reasons_are_documented() -> None:
    """Each stable word of an error stands in docs/errors.md."""
    text = document("errors.md")
    words = [*INPUT_REASONS, *ARCHIVE_REASONS, *(reason for family, reason, _ in raised() if family == "tool")]
    assert [word for word in words if f"| `{word}` |" not in text] == []


def test_commands_and_options_are_documented() -> None:
    """The contract names every command with each of its own options, and every schema that is printed."""
    text = document("contract.md")
    common = {"archive", "json", "lang", "quiet", "verbose", "debug"}
    missing: list[str] = []
    for name in COMMANDS:
        section = re.search(rf"^### `antq {name}\b.*?(?=^##|\Z)", text, re.M | re.S)
        if section is None:
            missing.append(name)
            continue
        command = import_module(f"antq_cli.cli.{name}_cmd").build("en")
        own = [p for p in command.params if p.param_type_name == "option" and p.name not in common]
        missing += [f"{name} {option.opts[0]}" for option in own if f"`{option.opts[0]}" not in section[0]]
    assert missing == []
    schemas = {
        node.value
        for module in MODULES
        for node in string_constants(tree_of(module))
        if re.fullmatch(r"antq\.[a-z]+/\d+", node.value)
    }
    assert len(schemas) > 8
    assert [schema for schema in sorted(schemas) if schema not in text] == []


def test_every_runtime_dependency_has_its_reason() -> None:
    """docs/decisions/002-dependencies.md has a row for each dependency of pyproject.toml, and for no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.match(r"[\w-]+", each)[0].lower() for each in wanted}  # type: ignore[index]
    rows = {name.lower() for name in re.findall(r"^\| `([\w-]+)` \|", document("decisions/002-dependencies.md"), re.M)}
    assert rows == names
