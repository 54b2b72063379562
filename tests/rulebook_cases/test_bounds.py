"""A stated minimum may count as the value only where no rule gains by a smaller one."""

import re
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook

RULES = Path(bundled("rules"))


@pytest.fixture(scope="module")
def bounded():
    """Return the fields of which a stated minimum counts."""
    fields = load_rulebook(RULES).dictionary.candidate
    return [name for name, field in fields.items() if field.bound == "at_least"]


def test_some_fields_take_a_minimum(bounded):
    """Years of storage and of monitoring: registries write `100+ years`."""
    assert bounded == ["monitoring_years", "durability_years"]


def test_every_rule_asks_for_at_least_so_many(bounded):
    """No expression of the rulebook compares such a field the other way round."""
    for name in bounded:
        against = re.compile(rf"(?<!\w){name}\s*(?:<|=|!=)|(?:>=?|[^<]=)\s*{name}(?!\w)")
        used = 0
        for path in RULES.rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            used += len(re.findall(rf"(?<!\w){name}\s*>=", text))
            assert not against.search(text), f"{path.name} compares {name}"
        assert used
