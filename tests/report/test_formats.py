"""Formats are found by listing a folder: one file brings a new one, and nothing else names it."""

import subprocess
import sys

import pytest

from offsetcheck.report import formats
from offsetcheck.report.format import format_named, format_names
from offsetcheck.report.render import render
from offsetcheck.report.table_format import table_format_named, table_names
from offsetcheck.vocabulary.problem import RequestError
from world import explained, made_setting, offer

PLANTED = """
from offsetcheck.report.format import Format

FORMAT = Format("shout", "txt", lambda made, words, templates, back: made.offer.name.upper())
"""


def test_a_file_is_a_format(tmp_path, monkeypatch):
    """A file that is put into the folder is offered by its name, and renders."""
    (tmp_path / "shout.py").write_text(PLANTED)
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    assert "shout" in format_names()
    assert "shout" in format_names("candidate")
    words = made_setting().wording.words
    assert render(explained(offer(name="Stoves")), "shout", words) == "STOVES"
    sys.modules.pop(f"{formats.__name__}.shout")


def test_each_file_defines_its_format():
    """Each format bears the name of its file, and so does each format of tables."""
    assert [format_named(name).name for name in format_names()] == list(format_names())
    assert [table_format_named(name).name for name in table_names()] == list(table_names())
    assert {"html", "json", "md", "text"} <= set(format_names())


def test_names_are_known_without_a_library():
    """Asking which formats show what imports neither the template engine nor the table library."""
    code = (
        "import sys; from offsetcheck.report.format import format_names\n"
        "from offsetcheck.report.table_format import table_names\n"
        "format_names('candidate'), table_names()\n"
        "print(sorted({'jinja2', 'polars', 'pydantic', 'babel'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_an_unknown_format_is_refused_with_those_that_there_are():
    """A format that does not show such an explanation is refused, and the others are named."""
    with pytest.raises(RequestError, match="not written as `docx`; it is as html, json, md, pdf"):
        render(explained(offer()), "docx", made_setting().wording.words)
