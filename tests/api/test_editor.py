import json
import shutil

import pytest

from offsetcheck.api.editor import prepare_editor, rule_schema, write_schemas
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import OutputError, RequestError


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(bundled("rules"), tmp_path / "rules")
    return tmp_path


def held(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_settings_are_added_and_none_is_overwritten(folder):
    """What an owner has set stays; only what is missing is added, and a second run adds nothing."""
    (folder / ".vscode").mkdir()
    path = folder / ".vscode" / "settings.json"
    path.write_text(
        '{"yaml.yamlVersion": "1.1", "editor.fontSize": 20, "yaml.schemas": {"x": "y"}}'
    )
    prepare_editor(folder)
    made = held(path)
    assert made["yaml.yamlVersion"] == "1.1"
    assert made["editor.fontSize"] == 20
    assert made["yaml.schemas"]["x"] == "y"
    before = path.read_bytes()
    prepare_editor(folder)
    assert path.read_bytes() == before


def test_every_rule_file_has_one_schema(folder):
    """Each schema lies where the settings name it, and each yaml file fits one pattern."""
    prepare_editor(folder)
    schemas = held(folder / ".vscode" / "settings.json")["yaml.schemas"]
    assert all((folder / name).is_file() for name in schemas)
    found = [path for patterns in schemas.values() for one in patterns for path in folder.glob(one)]
    assert sorted(found) == sorted((folder / "rules").rglob("*.yaml"))


def test_settings_with_remarks_are_left_to_their_owner(folder):
    """A file that holds comments is not changed; what to add is told."""
    (folder / ".vscode").mkdir()
    path = folder / ".vscode" / "settings.json"
    path.write_text('{\n  // mine\n  "editor.fontSize": 20\n}\n')
    before = path.read_bytes()
    (kept,) = prepare_editor(folder).kept
    assert path.read_bytes() == before
    assert "glspc.server.command" in kept.hint


def test_a_folder_without_rules_is_refused(tmp_path):
    """Nothing is written where there are no rule files."""
    with pytest.raises(RequestError):
        prepare_editor(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_schemas_are_written_whole_and_not_over_others(tmp_path):
    """A folder that is there is not overwritten."""
    goal = tmp_path / "schemas"
    goal.mkdir()
    (goal / "mine.txt").write_text("x")
    with pytest.raises(OutputError):
        write_schemas(None, goal)
    assert [path.name for path in goal.iterdir()] == ["mine.txt"]


def test_an_unknown_kind_is_answered_with_the_nearest():
    """A mistyped kind gets a hint."""
    with pytest.raises(RequestError) as refused:
        rule_schema(None, "citty")
    assert "city" in refused.value.problems[0].hint


def test_settings_are_not_written_through_a_link(folder, tmp_path_factory):
    """Where `.vscode` leads out of the folder nothing is written, and what it leads to stays."""
    outside = tmp_path_factory.mktemp("outside")
    (folder / ".vscode").symlink_to(outside)
    with pytest.raises(OutputError):
        prepare_editor(folder)
    assert list(outside.iterdir()) == []
