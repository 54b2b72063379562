from pathlib import Path

import pytest

from .scenario import matches, read_scenario

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.scenario"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_command_prints_and_returns_what_its_scenario_says(path, offsetcheck, tmp_path):
    """A command as typed prints and returns exactly what its scenario says."""
    scenario = read_scenario(path)
    for name, data in scenario.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ended = offsetcheck(*scenario.command)
    assert ended.status == scenario.status, ended
    assert matches(scenario.stdout, ended.stdout), ended.stdout
    assert matches(scenario.stderr, ended.stderr), ended.stderr


def test_there_are_scenarios():
    """The folder of scenarios is found, so that the test above cannot pass by running none."""
    assert len(SCENARIOS) >= 10
