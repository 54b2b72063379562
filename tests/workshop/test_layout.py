"""Rule files in the layout of the house: the same data, every comment kept."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.api.layout import lay_out, write_layout
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.layout.arrange import arranged

RULES = bundled("rules")
FILES = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml"))
RULE = "permanence/storage_floor.yaml"
TEXT = (RULES / RULE).read_text()


def comments(text):
    return sorted(line.strip() for line in text.split("\n") if line.strip().startswith("#"))


def test_every_shipped_file_keeps_what_it_says_and_its_comments():
    """Data and comments of each file are the same, and a second time changes nothing."""
    for file in FILES:
        text = (RULES / file).read_text()
        made = arranged(file, text)
        assert compose(made, file).data == compose(text, file).data, file
        assert comments(made) == comments(text), file
        assert arranged(file, made) == made, file


def test_shipped_files_lie_in_the_layout_of_the_house():
    """What `rules fmt` would write is what is there."""
    assert [str(file.path) for file in lay_out([RULES]) if file.is_changed] == []


def test_a_rulebook_laid_out_anew_decides_the_same(tmp_path):
    """The hash of what decides is the same before and after."""
    for file in FILES:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            (RULES / file).read_text().replace("\n\n", "\n\n\n").replace("\neffect:", "\neffect: ")
        )
    for file in (RULES / "tables").glob("*.csv"):
        (tmp_path / "tables" / file.name).write_bytes(file.read_bytes())
    before = load_rulebook(tmp_path)
    write_layout(lay_out([tmp_path]))
    after = load_rulebook(tmp_path)
    day = before.latest_day
    assert bind_guide(before, day).hash == bind_guide(after, day).hash


def blocks(text):
    """The top-level entries of a rule, each with its lines."""
    found = []
    for line in text.rstrip("\n").split("\n"):
        if line[:1] in {" ", ""} and found:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def widened(entry):
    """An entry with twice its indentation, where it holds no list whose items would break."""
    if any(line.lstrip().startswith("- ") for line in entry):
        return entry
    return [" " * (len(line) - len(line.lstrip())) + line for line in entry]


@given(st.permutations(blocks(TEXT)), st.booleans(), st.booleans())
def test_a_rule_in_any_order_and_indentation_comes_to_one_layout(entries, wide, spaced):
    """However an author writes a rule, it ends up as the shipped one lies, but for blank lines."""
    written = map(widened, entries) if wide else entries
    lines = [line for entry in written for line in ([*entry, "", ""] if spaced else entry)]
    made = arranged(RULE, "\n".join(lines))
    assert compose(made, RULE).data == compose(TEXT, RULE).data
    assert list(compose(made, RULE).data) == list(compose(TEXT, RULE).data)
    assert "\n\n\n" not in made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 'A'\nid: x\n", 'id: x\ntitle: "A"\n'),
        (
            "# of the title\ntitle: A\n# of the id\nid: x\n",
            "# of the id\nid: x\n# of the title\ntitle: A\n",
        ),
        ("id: x   \n\n\n\ntitle: A", "id: x\n\ntitle: A\n"),
        ("id: x\r\ntitle: A\r\n", "id: x\ntitle: A\n"),
        ("id: x\nsources:\n- {a: 1}\n-   b: 2\n", "id: x\nsources:\n  - {a: 1}\n  -   b: 2\n"),
        (
            "parameters:\n    p:\n        values: {}\n        tighter: more\n",
            "parameters:\n  p:\n    tighter: more\n    values: {}\n",
        ),
        ("why: |\n      one\n        two\n\n\n      three\nid: x\n", None),
        ("title: 'it''s'\n", "title: 'it''s'\n"),
        ("title: 'a\"b'\n", "title: 'a\"b'\n"),
        ("id: x\nid: y\n", "id: x\nid: y\n"),
        ("a: &one {b: 1}\nid: x\n", "a: &one {b: 1}\nid: x\n"),
        ("title: [\n", "title: [\n"),
        ("why: |2\n    two\nid: x\n", "why: |2\n    two\nid: x\n"),
        ("mine: 1\nid: x\n", "mine: 1\nid: x\n"),
        ("", ""),
    ],
)
def test_how_a_text_comes_to_lie(before, after):
    """Keys go to their place with their comments; what is not plain YAML stays as it is."""
    made = arranged(RULE, before)
    if after is not None:
        assert made == after
    assert compose(made, RULE).data == compose(before, RULE).data


def test_a_check_writes_nothing(tmp_path):
    """What would be otherwise is told, and the file is as it was."""
    path = tmp_path / "permanence" / "a.yaml"
    path.parent.mkdir()
    path.write_text("title: A\nid: x\n")
    (file,) = lay_out([path])
    assert "+id: x" in file.difference
    assert path.read_text() == "title: A\nid: x\n"
    write_layout([file])
    assert path.read_text() == "id: x\ntitle: A\n"


@pytest.mark.parametrize("named", ["nothing.yaml", "list.csv"])
def test_what_is_no_rule_file_is_refused(tmp_path, named):
    """A path that is not there, or no YAML, is told with what to name."""
    (tmp_path / "list.csv").write_text("a\n")
    with pytest.raises(RequestError):
        lay_out([Path(tmp_path / named)])


def test_nothing_is_written_through_a_link(tmp_path):
    """A link, a file behind a linked folder and a pipe are refused, and what they lead to stays."""
    outside, rules = tmp_path / "outside", tmp_path / "rules"
    for folder in (outside, rules / "vintage"):
        folder.mkdir(parents=True)
    (rules / "guide.yaml").write_text("")
    (outside / "age.yaml").write_text("title: A\nid: x\n")
    (rules / "vintage" / "link.yaml").symlink_to(outside / "age.yaml")
    (rules / "linked").symlink_to(outside)
    os.mkfifo(rules / "vintage" / "pipe.yaml")
    for name in ("vintage/link.yaml", "linked/age.yaml", "vintage/pipe.yaml"):
        with pytest.raises(RequestError):
            lay_out([rules / name])
    assert (outside / "age.yaml").read_text() == "title: A\nid: x\n"


def test_keys_of_a_step_and_of_what_it_reads_stand_in_their_order():
    """A step whose keys were shuffled lies as the shipped one does."""
    text = (
        "factor: share\nid: tonnes.x\ninputs:\n  share:\n    range: [0, 1]\n    first_of:\n"
        "      - leakage_percent / 100\n    title: {en: Share}\nplace: 1\ntitle: X\n"
    )
    lines = arranged("tonnes/x.yaml", text).splitlines()
    keys = [line.strip().partition(":")[0] for line in lines if ":" in line]
    assert keys == [
        "id",
        "title",
        "place",
        "inputs",
        "share",
        "title",
        "first_of",
        "range",
        "factor",
    ]
