"""What a sound rulebook may still want: each check is one small file and looks at the whole."""

from collections.abc import Callable, Iterator

from offsetcheck.rulebook.lint.additionality import additionality_always_applies
from offsetcheck.rulebook.lint.adoption import policies_speak_of_adopted_rules
from offsetcheck.rulebook.lint.broad import keys_of_tables_are_narrow
from offsetcheck.rulebook.lint.caps import caps_are_about_integrity
from offsetcheck.rulebook.lint.codes import codes_are_unique
from offsetcheck.rulebook.lint.conditions import conditions_can_be_kept
from offsetcheck.rulebook.lint.dimensions import dimensions_are_known
from offsetcheck.rulebook.lint.effects import effects_reach_their_subject
from offsetcheck.rulebook.lint.examples import examples_show_every_side
from offsetcheck.rulebook.lint.fails import rules_say_what_is_wrong
from offsetcheck.rulebook.lint.fields import computed_fields_are_read
from offsetcheck.rulebook.lint.levels import levels_can_be_reached
from offsetcheck.rulebook.lint.limits import limits_are_shown_on_both_sides
from offsetcheck.rulebook.lint.ours import (
    our_numbers_are_said_to_be_ours,
    our_values_are_not_a_citys_or_the_laws,
)
from offsetcheck.rulebook.lint.sources import guides_are_cited
from offsetcheck.rulebook.lint.tables import events_name_their_source, rows_say_how_they_are_known
from offsetcheck.rulebook.lint.tested import expected_columns_exist, tested_values_occur
from offsetcheck.rulebook.lint.titles import titles_are_unique
from offsetcheck.rulebook.lint.translations import translations_fit_their_english
from offsetcheck.rulebook.lint.typical import typical_points_are_given
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import Problem

CHECKS: tuple[Callable[[Rulebook], Iterator[Problem]], ...] = (
    additionality_always_applies,
    caps_are_about_integrity,
    codes_are_unique,
    computed_fields_are_read,
    conditions_can_be_kept,
    dimensions_are_known,
    effects_reach_their_subject,
    events_name_their_source,
    examples_show_every_side,
    expected_columns_exist,
    guides_are_cited,
    keys_of_tables_are_narrow,
    levels_can_be_reached,
    limits_are_shown_on_both_sides,
    our_numbers_are_said_to_be_ours,
    our_values_are_not_a_citys_or_the_laws,
    policies_speak_of_adopted_rules,
    rows_say_how_they_are_known,
    rules_say_what_is_wrong,
    tested_values_occur,
    titles_are_unique,
    translations_fit_their_english,
    typical_points_are_given,
)


def check(rulebook: Rulebook) -> list[Problem]:
    """Return what every check finds, in the order of files and lines."""
    return list(in_order(problem for one in CHECKS for problem in one(rulebook)))
