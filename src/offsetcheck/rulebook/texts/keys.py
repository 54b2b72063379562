"""The keys under which words/ translates the texts of rules, fields, papers, tables and policies.

A text without a name of its own, such as a note of a city, goes by the start of the SHA-256 of its
English: where the English changes, the key does, and no translation stands by a text that it was
not made from.
"""

import hashlib
from functools import lru_cache

from offsetcheck.rulebook.rules.model import SHARED, is_shared
from offsetcheck.vocabulary.dictionary import Field

GROUPS = frozenset(
    (
        "rule",
        "parameter",
        "field",
        "code",
        "paper_title",
        "dimension_title",
        "table",
        "step",
        "city_name",
        "note",
    )
)
"""The first parts of keys that name texts of rule files; every other key is one of en.yaml."""

PARTLY = "partly"  # the key of a language that lacks a text
SAID = ("requires", "found", "fails", "ask")
MARK_LENGTH = 10


def rule_key(rule: str, part: str) -> str:
    """Return the key of a part of a rule: title, requires, found, fails, ask, why or condition."""
    return f"rule.{rule}.{part}"


def parameter_keys(rule: str, name: str) -> tuple[str, str]:
    """Return the key of a parameter of one rule, and that of all parameters of its name.

    One that rules share belongs to no rule: its own key is `parameter.shared.name`.
    """
    if is_shared(name):
        return f"parameter.{name}", f"parameter.{name.removeprefix(SHARED)}"
    return f"rule.{rule}.parameter.{name}", f"parameter.{name}"


def field_key(field: Field, part: str) -> str:
    """Return the key of a field's `title` or `question`."""
    return f"field.{field.subject.value}.{field.name}.{part}"


def code_key(field: Field, code: str) -> str:
    """Return the key of the title of a code."""
    return f"code.{field.subject.value}.{field.name}.{code}"


def step_key(step: str, part: str, name: object = None) -> str:
    """Return the key of a text of a step of comparable tonnes: title, why, does or open.

    With a `name` that of one of its `input`, `part` or `choice`; a point in it is no step down.
    """
    key = f"step.{step.rpartition('.')[2]}.{part}"
    return key if name is None else f"{key}.{str(name).replace('.', '_')}"


def choice_name(parameter: str, value: object) -> str:
    """Return how a value that a parameter can be given is named in the key of its title."""
    return f"{parameter.removeprefix(SHARED)}_{value}"


@lru_cache(maxsize=4096)
def mark(text: str) -> str:
    """Return what tells a text from what it was: the start of its SHA-256, spaces apart."""
    plain = " ".join(text.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_LENGTH]


def note_key(text: str) -> str:
    """Return the key of a note or reason, by its English."""
    return f"note.{mark(text)}"
