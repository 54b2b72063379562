import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from statistics import median

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "src" / "offsetcheck"
FILES = sorted(PACKAGE.rglob("*.py"))
PURE = {"vocabulary", "engine", "explain", "difference"}
VAGUE = {"utils", "helpers", "manager", "base", "common", "misc", "core"}


def functions(path):
    """Yield the functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    """Return the lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_fits_in_the_head(path):
    """No file has more than 300 lines of functions, and none has a name that says nothing.

    Tables of words and declarations of shapes are looked up, not kept in mind.
    """
    outermost = [f for f in functions(path) if f.col_offset <= 4]
    assert sum(map(length, outermost)) <= 300
    assert path.stem not in VAGUE


def test_functions_are_short():
    """The median function has at most ten lines, and none needs more than one screen."""
    lengths = {
        f"{path.name}:{function.name}": length(function)
        for path in FILES
        for function in functions(path)
    }
    assert median(lengths.values()) <= 10
    assert {name: n for name, n in lengths.items() if n > 60} == {}


def test_help_imports_no_room():
    """The command line answers `--help` without a parser, a table library or a template engine."""
    heavy = "{'polars', 'pydantic', 'jinja2', 'sqlglot', 'durable', 'yaml', 'babel', 'pycountry'}"
    code = f"import sys, offsetcheck.cli; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


ROOMS = (
    "cli", "lsp", "api", "workshop", "report", "difference", "explain", "engine", "rulebook", "intake",
    "vocabulary", "ground",
)  # fmt: skip
LAYERS = (
    ("cli",), ("lsp",), ("api",), ("workshop", "report"), ("difference",), ("explain",), ("engine",),
    ("rulebook", "intake"), ("vocabulary",), ("ground",),
)  # fmt: skip
FILES_AND_CLOCKS = (
    "pathlib", "io", "os", "time", "glob", "tempfile", "shutil", "subprocess", "socket", "random",
)  # fmt: skip


def forbidden():
    """Yield the file to be planted in each room, and what no new file of that room may import."""
    for below, layer in enumerate(LAYERS):
        for room in layer:
            for other in (name for above in LAYERS[:below] for name in above):
                yield f"{room}/planted_{other}.py", f"offsetcheck.{other}.planted_target"
    for room, other in ("workshop", "report"), ("rulebook", "intake"):
        yield f"{room}/planted_{other}.py", f"offsetcheck.{other}.planted_target"
        yield f"{other}/planted_{room}.py", f"offsetcheck.{room}.planted_target"
    for library, homes in LIBRARIES.items():
        for room in ROOMS:
            if room not in homes:
                yield f"{room}/planted_{library}.py", library
    for library in ("durable", "yaml", "sqlglot", "highspy", "numpy", "z3", "pyspark", "py4j"):
        for room in ROOMS:
            yield f"{room}/planted_{library}.py", library
    yield "report/formats/planted_polars.py", "polars"
    for room in ("engine", "engine/columns", "api"):
        for module in ("durable_rules", "plain"):
            yield f"{room}/planted_{module}.py", f"offsetcheck.engine.{module}"
    for room in ("vocabulary", "engine", "engine/columns", "explain", "difference"):
        for module in FILES_AND_CLOCKS:
            yield f"{room}/planted_{module}.py", module


PRESSES = ("docx", "docxtpl", "weasyprint", "xlsxwriter")
LIBRARIES = {
    "jinja2": {"report"},
    "markdown_it": {"report"},
    "click": {"cli"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "polars": {"intake"},
    **{library: {"report"} for library in PRESSES},
}


def lint_imports(folder):
    """Run the import contracts of a folder's pyproject.toml on its own src/."""
    script = Path(sys.executable).parent / "lint-imports"
    surroundings = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "400"}
    return subprocess.run(
        [script, "--no-cache"],
        capture_output=True, text=True, check=False, cwd=folder, env=surroundings,
    )  # fmt: skip


def test_import_contracts_hold():
    """The rooms import only downward, and each library is known only where it belongs."""
    ran = lint_imports(REPOSITORY)
    assert ran.returncode == 0, ran.stdout


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return what the contracts say of a copy of the package with every forbidden import in it."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    package = folder / "src" / "offsetcheck"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ROOMS:
        (package / room / "planted_target.py").touch()
    for path, module in forbidden():
        (package / path).write_text(f"import {module}\n", encoding="utf-8")
    (package / "unheard_of").mkdir()
    (package / "unheard_of" / "__init__.py").touch()
    return lint_imports(folder).stdout


@pytest.mark.parametrize(("path", "module"), list(forbidden()), ids=str)
def test_no_new_file_is_exempt_from_a_contract(planted, path, module):
    """An import that a room may not have is told of a file that nobody has named."""
    importer = "offsetcheck." + path.removesuffix(".py").replace("/", ".")
    assert f"{importer} -> {module} (l.1)" in planted


def test_a_new_room_needs_its_place(planted):
    """A package that has no place in the order of the rooms breaks their contract."""
    assert "offsetcheck.unheard_of" in planted


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.relative_to(PACKAGE).parts[0] in PURE], ids=str
)
def test_what_judges_opens_no_file_and_asks_no_clock(path):
    """Nothing in the rooms that judge and explain calls `open`, or asks what day it is."""
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    named = {n.func.id for n in calls if isinstance(n.func, ast.Name)}
    asked = {n.func.attr for n in calls if isinstance(n.func, ast.Attribute)}
    assert not named & {"open", "print", "input"}
    assert not asked & {"now", "today", "utcnow"}


LOADED_BY_NAME = {"psycopg"}  # SQLAlchemy loads what an address names
MODULES = {
    "durable_rules": "durable",
    "markdown_it_py": "markdown_it",
    "python_docx": "docx",
    "pyyaml": "yaml",
    "z3_solver": "z3",
}


def test_each_dependency_is_imported():
    """What the package asks to be installed is imported somewhere in it, and nothing else is asked for."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (one for extra in project["optional-dependencies"].values() for one in extra)
    wanted = [*project["dependencies"], *extras]
    asked = {re.split(r"[\[><=;! ]", one)[0].replace("-", "_") for one in wanted}
    trees = [ast.parse(path.read_text("utf-8")) for path in FILES]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    names |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    imported = {name.split(".")[0] for name in names}
    assert {MODULES.get(name, name) for name in asked} - LOADED_BY_NAME == (
        imported - sys.stdlib_module_names - {"offsetcheck", "pydantic_core"}
    )
