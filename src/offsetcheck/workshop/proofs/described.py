"""What the proofs find, as authors are told of it: a page of docs/checks for each.

Nothing here asks for the solver, so that the pages are made without it.
"""

from offsetcheck.rulebook.lint.check import Described
from offsetcheck.vocabulary.problem import Severity

NEVER_APPLIES = Described(
    id="proofs.never_applies",
    severity=Severity.WARNING,
    title="A rule never applies",
    finds="Rules whose `applies_when` no offer can meet, whatever is stated of it.",
    why="The rule looks as if it protected somebody, and is never asked.",
    wrong="""\
applies_when: monitoring_years < 10 AND monitoring_years > 20
""",
    right="""\
applies_when: monitoring_years < 10 OR monitoring_years > 20
""",
    step="Look at which parts of `applies_when` exclude each other, or retire the rule.",
)
NEVER_PASSES = Described(
    id="proofs.never_passes",
    severity=Severity.ERROR,
    title="A rule can never be met",
    finds="Requirements that no offer can meet, whatever is stated of it and however well.",
    why="Every offer to which the rule applies fails or stays open for ever.",
    wrong="""\
requires: share >= 0.5 AND share < 0.2
""",
    right="""\
requires: share >= 0.2 AND share < 0.5
""",
    step="Compare the limits of `requires` with each other and with the range of each field.",
)
NEVER_FAILS = Described(
    id="proofs.never_fails",
    severity=Severity.WARNING,
    title="A rule can never fail",
    finds="Requirements that nothing known can fail: they are met, or wait for an answer.",
    why="A rule that nothing fails decides nothing, however strict it reads.",
    wrong="""\
requires: buffer_share >= 0 OR monitoring_years >= $min_storage_years
""",
    right="""\
requires: buffer_share >= 0.1 OR monitoring_years >= $min_storage_years
""",
    step="Look for a part that always holds, and for values that no table gives.",
)
LEVEL_NEVER_GIVEN = Described(
    id="proofs.level_never_given",
    severity=Severity.WARNING,
    title="A level of a scale is never given",
    finds="Levels that no offer can come to, because those above take all that would meet them.",
    why="Bidders are told of points that nobody can have.",
    wrong="""\
levels:
  5: share >= 0.5 OR verified
  4: share >= 0.8 AND verified
""",
    right="""\
levels:
  5: share >= 0.8 AND verified
  4: share >= 0.5 OR verified
""",
    step="Put the narrower condition above the wider one, or leave the level out.",
)
CITY_VALUE_EMPTIES = Described(
    id="proofs.city_value_empties_rule",
    severity=Severity.WARNING,
    title="What a city sets leaves a rule without effect",
    finds=(
        "Values and changes of a city with which a rule never applies, is never met, never fails "
        "or never gives a level, where it could without them."
    ),
    why="The city believes it has a rule and has none, or one that refuses every offer.",
    wrong="""\
parameters:
  permanence.storage_floor.min_storage_years: {value: 20000}
""",
    right="""\
parameters:
  permanence.storage_floor.min_storage_years: {value: 60}
""",
    step="Hold the value against the range of the field and the other limits of the rule.",
)
SAY_THE_SAME = Described(
    id="proofs.rules_say_the_same",
    severity=Severity.WARNING,
    title="Two rules say the same",
    finds="Two requirements of one effect that come to the same wherever both apply.",
    why="Bidders are asked twice, and one of the rules is changed without the other.",
    wrong="""\
requires: monitoring_years >= 40
---
requires: NOT monitoring_years < 40
""",
    right="""\
requires: monitoring_years >= 40
---
requires: crediting_years <= 40
""",
    step="Keep one of them, or narrow `applies_when` so that each has a scope of its own.",
)
CONTRADICT = Described(
    id="proofs.rules_contradict",
    severity=Severity.WARNING,
    title="Two rules contradict each other",
    finds="Two requirements that can apply to one offer and that no offer can meet together.",
    why="Whatever a bidder offers, one of the two rules fails.",
    wrong="""\
requires: vintage_year >= 2021
---
requires: vintage_year < 2020
""",
    right="""\
requires: vintage_year >= 2021
---
requires: vintage_year < 2030
""",
    step="Decide which of them holds, or give each the offers that it is meant for.",
)
NEVER_CONCLUDED = Described(
    id="proofs.never_concluded",
    severity=Severity.WARNING,
    title="A decision can never be concluded",
    finds="Conclusions that no findings lead to, and verdicts before which another always stands.",
    why="A verdict that nobody can get is a promise, or a threat, that is empty.",
    wrong="""\
verdicts: [undecided, eligible]
conclusions:
  undecided:
    - all: [every_gate_clear]
  eligible:
    - all: [every_gate_clear, integrity reaches_floor]
""",
    right="""\
verdicts: [eligible, undecided]
conclusions:
  undecided:
    - all: [every_gate_clear]
  eligible:
    - all: [every_gate_clear, integrity reaches_floor]
""",
    step="Put the narrower verdict first, or mend the words that lead to it.",
)
NO_VERDICT = Described(
    id="proofs.no_verdict",
    severity=Severity.ERROR,
    title="Some findings lead to no verdict",
    finds="Combinations of findings, bounds of scores and conditions that conclude no verdict.",
    why="An offer with these findings cannot be judged at all.",
    wrong="""\
undecided:
  - any: {effect: gate, finding: [open]}
""",
    right="""\
undecided:
  - any: {effect: gate, finding: [open]}
  - all: [integrity floor_open]
""",
    step="Add a way to a verdict for the combination that is named.",
)
NOT_PROVED = Described(
    id="proofs.not_proved",
    severity=Severity.NOTE,
    title="Something was neither proved nor refuted",
    finds="Questions that the solver gave up: too many steps, or products of unknown numbers.",
    why="Silence would read as a proof.",
    wrong="""\
requires: share * share * years > share / years
""",
    right="""\
requires: share > 0.5
""",
    step="Show both sides of the rule by examples; nothing else is wrong with it.",
)

PROOFS = (
    CITY_VALUE_EMPTIES,
    LEVEL_NEVER_GIVEN,
    NEVER_APPLIES,
    NEVER_CONCLUDED,
    NEVER_FAILS,
    NEVER_PASSES,
    NO_VERDICT,
    NOT_PROVED,
    CONTRADICT,
    SAY_THE_SAME,
)
"""What the proofs find, by id."""
