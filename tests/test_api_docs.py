"""docs/api.md and docs/notebook.ipynb run as they stand, and say what they show."""

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import offsetcheck

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTEBOOK = json.loads((DOCS / "notebook.ipynb").read_text("utf-8"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the empty folder in which examples run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_of_the_page_run(place):
    """The Python blocks of docs/api.md run in order beside the samples, and each shows something."""
    offsetcheck.copy_samples(place / "samples")
    blocks = re.findall(
        r"^```python\n(.*?)^```", (DOCS / "api.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    names, shown = {}, []
    for block in blocks:
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(block, "docs/api.md", "exec"), names)
        shown.append(printed.getvalue())
    assert len(blocks) >= 5
    assert all(shown)
    assert "Not eligible" in shown[1]
    assert (place / "out" / "index.html").is_file()
    assert (place / "tables" / "turku" / "melbourne" / "verdicts.parquet").is_file()


def test_the_page_names_the_whole_interface_of_errors_and_functions():
    """Every function and error of the interface is named in docs/api.md."""
    page = (DOCS / "api.md").read_text("utf-8")
    named = [name for name in offsetcheck.__all__ if name.islower() or name.endswith("Error")]
    assert [n for n in named if n != "__version__" and not re.search(rf"\b{n}\b", page)] == []


def test_the_notebook_gives_what_it_shows(place, monkeypatch):
    """The cells run in order, and print what is stored below them."""
    monkeypatch.setattr("tempfile.tempdir", str(place))
    shows = [cell for cell in NOTEBOOK["cells"] if cell.get("outputs")]
    names = {}
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "code":
            with redirect_stdout(io.StringIO()) as printed:
                exec(compile("".join(cell["source"]), "notebook", "exec"), names)
            stored = "".join("".join(output["text"]) for output in cell["outputs"])
            assert printed.getvalue() == stored
    assert len(shows) >= 6
    told = {cell["id"]: "".join(cell["outputs"][0]["text"]) for cell in shows}
    assert any(" -> Not eligible" in text for text in told.values())
    assert "10 years → 4 years" in told["what-it-means-run"]


def test_the_notebook_is_one():
    """It has the version, the cells and the keys that format 4.5 asks for, and no path of a machine."""
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert set(NOTEBOOK) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    kinds = {
        "markdown": {"cell_type", "id", "metadata", "source"},
        "code": {"cell_type", "id", "metadata", "source", "outputs", "execution_count"},
    }
    assert all(set(cell) == kinds[cell["cell_type"]] for cell in NOTEBOOK["cells"])
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(set(ids)) == len(ids)
    assert not re.search(r"/(tmp|home|Users|work)/", json.dumps(NOTEBOOK))
