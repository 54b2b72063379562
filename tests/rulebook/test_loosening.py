from dataclasses import replace

import pytest

from offsetcheck.rulebook.policies.changes import apply_change, as_written
from offsetcheck.rulebook.policies.loosening import loosened
from offsetcheck.rulebook.policies.model import RuleChange
from offsetcheck.rulebook.rules.parameters import is_tighter


@pytest.mark.parametrize(
    ("new", "old", "side", "tighter"),
    [
        (5, 5, "none", True),
        (6, 5, "higher", True),
        (4, 5, "higher", False),
        (4, 5, "lower", True),
        (6, 5, "lower", False),
        (6, 5, "none", False),
        (("a",), ("a", "b"), "fewer", True),
        (("a", "c"), ("a", "b"), "fewer", False),
        (("a", "b", "c"), ("a", "b"), "more", True),
        (("b", "a"), ("a", "b"), "none", True),
        ((), ("a",), "fewer", True),
        (True, False, "higher", False),
        ("b", "a", "higher", True),
        ("x", 5, "higher", False),
    ],
)
def test_which_side_is_tighter(new, old, side, tighter):
    """A value is free on its tighter side and where nothing changes; all else needs a reason."""
    assert is_tighter(new, old, side) is tighter


@pytest.mark.parametrize(
    ("rule", "before", "change", "needs"),
    [
        ("permanence.storage_floor", {"effect": "note"}, {"effect": "cap", "cap": 2}, None),
        ("permanence.storage_floor", {}, {"effect": "gate"}, None),
        ("permanence.storage_floor", {}, {"effect": "note"}, "turning cap into note"),
        ("permanence.storage_floor", {}, {"effect": "review"}, "turning cap into review"),
        ("permanence.storage_floor", {}, {"cap": 1}, None),
        ("permanence.storage_floor", {}, {"cap": 4}, "raising the cap"),
        ("permanence.storage_floor", {}, {"evidence": {"at_least": "E1"}}, None),
        (
            "permanence.storage_floor",
            {},
            {"evidence": {"at_least": "E3"}},
            "asking for weaker evidence",
        ),
        ("additionality.no_open_finding", {}, {"if_unknown": "hold"}, None),
        ("vintage.age", {}, {"if_unknown": "screen"}, "turning hold into screen"),
        ("vintage.age", {}, {"leave_out": True}, "leaving the rule out"),
        ("vintage.age", {}, {"applies_when": "vintage > 2000"}, "changing when the rule applies"),
        ("additionality.carbon_revenue", {}, {"weight": 3}, "changing the weight"),
        ("additionality.carbon_revenue", {}, {"levels": {"5": "price > 1"}}, "changing the levels"),
    ],
)
def test_which_changes_need_a_reason(rulebook, rule, before, change, needs):
    """Stricter changes are free; every other one is named as what needs a reason."""
    written = replace(as_written(rulebook.rules[rule]), **before)
    wanted = RuleChange(rule=rule, **change)
    assert loosened(written, apply_change(written, wanted, "town", {}), wanted) == needs
