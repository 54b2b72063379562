"""What is otherwise in the rule files themselves: in force, effect, conditions, evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from offsetcheck.difference.meaning.model import (
    Books,
    Change,
    Period,
    Topic,
    names_of_both,
    period_of,
    steps_in_time,
)
from offsetcheck.difference.tree import rebuilt, without_columns
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.policies.changes import EffectiveRule, as_written
from offsetcheck.rulebook.rules.model import LoadedRule, Parameter

LAYERED = ("effect", "if_unknown", "cap", "limit", "weight")
"""Keys that layers can change, as `EffectiveRule` has them."""
OWN = ("subject", "draft", "critical", "route", "declare", "for_identity")
"""Keys that decide and that no layer can change."""
BESIDE = ("documents", "curable", "code")
"""Keys by which no answer is another one."""
KEYS = {"draft": "status"}


def rule_changes(books: Books) -> Iterator[Change]:
    """Yield what is otherwise in rule files, their values and sources apart."""
    for rule in names_of_both(books.old.rules, books.new.rules):
        old, new = books.old.rules.get(rule), books.new.rules.get(rule)
        if old is None or new is None:
            yield _whole(rule, books)
        elif old.file != new.file or old.trees != new.trees:
            yield from _adoption(old, new, books)
            yield from _in_force(rule, books)
            yield from _keys(old, new, books)
            yield from _parameters(old, new, books)


def file_of(rule: str) -> str:
    """Return the file of a rule in its folder."""
    return f"{rule.replace('.', '/')}.yaml"


def change_of(rule: str, key: str, **more: object) -> Change:
    """Return a change of a rule; `about` is the rule unless given."""
    given = {"topic": Topic.RULE, "file": file_of(rule), "about": (rule,)} | more
    return Change(key=key, rule=rule, **given)  # type: ignore[arg-type]


def _whole(rule: str, books: Books) -> Change:
    is_new = rule in books.new.rules
    known = (books.new if is_new else books.old).rules[rule].file
    return change_of(
        rule,
        "rule",
        before=None if is_new else known.title,
        after=known.title if is_new else None,
        period=period_of(books.new if is_new else books.old, rule),
        reach=books.having(rule),
        decides=known.status != "draft",
    )


def _adoption(old: LoadedRule, new: LoadedRule, books: Books) -> Iterator[Change]:
    if old.file.adoption != new.file.adoption:
        rule = new.file.id
        reach = tuple(
            city
            for city in books.lasting
            if (books.effective(books.old, rule, city) is None)
            != (books.effective(books.new, rule, city) is None)
        )
        yield change_of(
            rule, "adoption", steps=("adoption",), before=old.file.adoption,
            after=new.file.adoption, period=period_of(books.new, rule), reach=reach,
        )  # fmt: skip


def _in_force(rule: str, books: Books) -> Iterator[Change]:
    """Yield the days on which a rule is in force in one rulebook and not in the other."""
    periods = [period for book in books.sides if (period := period_of(book, rule)) is not None]
    ends = [period.until for period in periods if period.until is not None]

    def at(period: Period, day: date) -> bool:
        return period.holds(day)

    days = [*(period.since for period in periods), *ends]
    for period, before, after in steps_in_time(days, *(partial(at, one) for one in periods)):
        yield change_of(
            rule, "in_force", steps=("effective",), before=before, after=after, period=period,
            reach=books.having(rule),
        )  # fmt: skip


def _keys(old: LoadedRule, new: LoadedRule, books: Books) -> Iterator[Change]:
    rule = new.file.id
    period = _both(rule, books)
    was, now = as_written(old), as_written(new)
    for key in LAYERED:
        if getattr(was, key) != getattr(now, key):
            reach, covered = _reach_of(rule, key, books)
            yield change_of(
                rule, key, steps=(key,), before=getattr(was, key), after=getattr(now, key),
                period=period, reach=reach, covered=covered,
            )  # fmt: skip
    for key in (*OWN, *BESIDE):
        before, after = _own(old, key), _own(new, key)
        if before != after:
            steps = ("evidence", key) if key == "documents" else (KEYS.get(key, key),)
            yield change_of(
                rule, KEYS.get(key, key), steps=steps, before=before, after=after, period=period,
                reach=books.having(rule), decides=key not in BESIDE,
            )  # fmt: skip
    yield from _evidence(was, now, rule, books)
    yield from _trees(was, now, rule, books)


def _own(rule: LoadedRule, key: str) -> object:
    if key == "documents":
        return rule.file.evidence.documents
    return rule.file.status if key == "draft" else getattr(rule.file, key)


def _evidence(was: EffectiveRule, now: EffectiveRule, rule: str, books: Books) -> Iterator[Change]:
    before, after = was.evidence.at_least, now.evidence.at_least
    if before != after:
        reach, covered = _reach_of(rule, "at_least", books)
        yield change_of(
            rule, "at_least", steps=("evidence", "at_least"), before=before, after=after,
            period=_both(rule, books), reach=reach, covered=covered,
        )  # fmt: skip


def _trees(was: EffectiveRule, now: EffectiveRule, rule: str, books: Books) -> Iterator[Change]:
    """Yield each condition that means something else; spaces and line breaks do not count."""
    before, after = texts_of(was), texts_of(now)
    for key in names_of_both(before, after):
        if same_meaning(key, was, now, books.contents(rule)):
            continue
        reach, covered = _reach_of(rule, key, books)
        yield change_of(
            rule, key.partition(".")[0], name=key.partition(".")[2], steps=tuple(key.split(".")),
            before=before.get(key), after=after.get(key), period=_both(rule, books),
            reach=reach, covered=covered,
        )  # fmt: skip


def texts_of(rule: EffectiveRule) -> Mapping[str, str]:
    """Return the conditions of a rule as written, by the key of each, on one line."""
    applies = {} if rule.applies_when is None else {"applies_when": rule.applies_when}
    own = {("requires" if level is None else f"levels.{level}"): t for level, t in rule.conditions}
    return {key: " ".join(str(text).split()) for key, text in (applies | own).items()}


Contents = tuple[Mapping[str, str], Mapping[str, str]]
"""What parameters are that one of two rulebooks lacks, by name."""


def same_meaning(key: str, was: EffectiveRule, now: EffectiveRule, contents: Contents) -> bool:
    """Whether a condition is the same tree on both sides, or stands on neither."""
    there = [key in texts_of(side) for side in (was, now)]
    sides = zip((was, now), contents, strict=True)
    trees = [_plain(side.trees.get(key), names) for side, names in sides]
    return there[0] == there[1] and trees[0] == trees[1]


def _plain(tree: Node | None, contents: Mapping[str, str]) -> Node | None:
    """Return a tree without places, its parameters named by content where the other lacks them."""
    if tree is None:
        return None
    renamed: dict[str | None, Node] = {
        node.name: replace(node, name=contents[node.name])
        for node in walk(tree)
        if isinstance(node, Constant) and node.name is not None and node.name in contents
    }
    return without_columns(rebuilt(tree, renamed))


def _reach_of(rule: str, key: str, books: Books) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cities for which a key of a rule differs, and those that have it the same."""
    reach: list[str] = []
    covered: list[str] = []
    contents = books.contents(rule)
    for city in books.lasting:
        old, new = (books.effective(book, rule, city) for book in books.sides)
        if old is not None and new is not None:
            (reach if differs(key, old, new, contents) else covered).append(city)
    return tuple(reach), tuple(covered)


def differs(key: str, old: EffectiveRule, new: EffectiveRule, contents: Contents) -> bool:
    """Whether a key that layers can change is another one."""
    if key == "at_least":
        return old.evidence.at_least != new.evidence.at_least
    if key in LAYERED:
        return bool(getattr(old, key) != getattr(new, key))
    return not same_meaning(key, old, new, contents)


def _both(rule: str, books: Books) -> Period | None:
    """Return the days on which a rule is in force in both rulebooks."""
    old, new = (period_of(book, rule) for book in books.sides)
    return None if old is None or new is None else old.within(new)


def _parameters(old: LoadedRule, new: LoadedRule, books: Books) -> Iterator[Change]:
    """Yield parameters whose unit, type or stricter side is another; no answer rests on these."""
    for name in names_of_both(old.file.parameters, new.file.parameters):
        was, now = old.file.parameters.get(name), new.file.parameters.get(name)
        for key in ("unit", "type", "tighter"):
            before, after = _part(was, key), _part(now, key)
            if before != after and was is not None and now is not None:
                yield change_of(
                    new.file.id, key, topic=Topic.VALUE, name=name,
                    steps=("parameters", name, key), before=before, after=after,
                    period=_both(new.file.id, books), reach=books.having(new.file.id),
                    decides=False, about=(f"{new.file.id}.{name}", new.file.id),
                )  # fmt: skip


def _part(parameter: Parameter | None, key: str) -> object:
    return None if parameter is None else getattr(parameter, key)
