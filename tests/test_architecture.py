import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "offsetcheck"
FILES = sorted(PACKAGE.rglob("*.py"))
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


def test_import_contracts_hold():
    """The rooms import only downward, and each library is known only where it belongs."""
    script = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run(
        [script, "--no-cache"], capture_output=True, text=True, check=False, cwd=PACKAGE.parents[1]
    )
    assert ran.returncode == 0, ran.stdout
