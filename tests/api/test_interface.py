"""`import offsetcheck`: the interface by name, typed, and at no cost before it is used."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import offsetcheck

HEAVY = {"click", "polars", "jinja2", "pydantic", "yaml", "sqlglot", "babel", "durable"}


def run(code):
    """Return what a Python process of its own prints."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_importing_the_package_loads_nothing_of_weight():
    """Neither libraries nor rooms are loaded before a name is asked for."""
    code = (
        "import sys, offsetcheck; "
        f"print(sorted({HEAVY} & set(sys.modules)), "
        "[name for name in sys.modules if name.startswith('offsetcheck.')])"
    )
    assert run(code) == "[] []"


def test_the_interface_needs_no_command_line():
    """With every name loaded, neither click nor the command line is."""
    code = (
        "import sys, offsetcheck; [getattr(offsetcheck, name) for name in offsetcheck.__all__]; "
        "print([n for n in sys.modules if n == 'click' or n.startswith('offsetcheck.cli')])"
    )
    assert run(code) == "[]"


@pytest.mark.parametrize("name", offsetcheck.__all__)
def test_each_name_of_the_interface_is_there(name):
    """Each name can be imported, is listed, and what it names says in its docstring what it is."""
    value = getattr(offsetcheck, name)
    assert name in dir(offsetcheck)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__doc__
        assert value.__name__ == name


def test_types_are_checked_against_what_is_imported():
    """A type checker is told the same homes of the names as are used at run time."""
    tree = ast.parse(Path(offsetcheck.__file__).read_text(encoding="utf-8"))
    told = {
        alias.name: node.module.removeprefix("offsetcheck.")
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        for alias in node.names
    }
    assert told == offsetcheck._HOMES
    assert set(told) == set(offsetcheck.__all__)


def test_no_name_hides_a_room():
    """No name of the interface is that of a package within, which importing would put in its place."""
    rooms = {path.name for path in Path(offsetcheck.__file__).parent.iterdir() if path.is_dir()}
    assert rooms & set(offsetcheck.__all__) == set()


def test_an_unknown_name_is_an_attribute_error():
    """A name that is not there is refused as Python does."""
    with pytest.raises(AttributeError, match="no attribute 'judgement'"):
        offsetcheck.judgement  # noqa: B018 - the access is what is tried


def test_no_day_is_taken_from_a_clock():
    """Whatever judges takes its day from the caller: no parameter of a day has a default."""
    for name in offsetcheck.__all__:
        value = getattr(offsetcheck, name)
        if inspect.isfunction(value):
            for parameter in inspect.signature(value).parameters.values():
                if parameter.name in ("as_of", "since"):
                    assert parameter.default is inspect.Parameter.empty, name
