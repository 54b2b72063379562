"""A rule's text while it is changed: what is wrong with it, what it says, and what it turns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from offsetcheck.api.binding import bound_on, check_city
from offsetcheck.api.case import Case, open_case
from offsetcheck.api.city import ChosenCity, city_of
from offsetcheck.api.request import Request
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.rules_effect import JudgedTwice, effect_on
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.explain.rulebook import filled
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bind import bind_guide, bind_rules_of_guide
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook, names_of
from offsetcheck.rulebook.rereading import Rereading
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.reading import read_rule
from offsetcheck.rulebook.texts.laid import with_languages
from offsetcheck.vocabulary.explained import Explained
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Problem, RequestError, Severity
from offsetcheck.vocabulary.rules_diff import ListEffect
from offsetcheck.workshop.came_out import came_out
from offsetcheck.workshop.editing.numbers import (
    NewValue,
    WrittenValue,
    with_new_value,
    with_value,
    written_values,
)
from offsetcheck.workshop.mutation.boundaries import boundary_examples
from offsetcheck.workshop.mutation.writing import lines_of, with_examples
from offsetcheck.workshop.rule_tests import default_day, run_examples

__all__ = ["NewValue", "RuleBench", "TriedOn", "TriedText", "WrittenValue", "tried_on"]

SHOWN = 10
TRANSLATIONS = "translations"
"""The family of checks that look at translations alone."""


class RuleSaid(Explained):
    """The sentences of a rule in one language; `translated` says that they are in it."""

    language: str
    title: str
    requires: str
    fails: str | None
    ask: str | None
    translated: bool


class ExampleCame(Explained):
    """An example of a rule, what it expects, what came out, and the difference if any."""

    name: str
    line: int
    expected: str
    came: str
    difference: str | None


class ExampleOffered(Explained):
    """An example at a limit of a rule that it does not have yet, as it would stand in the file."""

    name: str
    expect: str
    text: str


@dataclass(frozen=True)
class TriedText:
    """A text of a rule's file, and what is wrong with it; `rulebook` holds it where it is sound.

    What is wrong is what reading the file finds, and then what the checks of rules do. Of the rest
    of the folder only the whole check reads what a change makes wrong.
    """

    path: str
    text: str
    problems: tuple[Problem, ...]
    rulebook: Rulebook | None = None
    rule: LoadedRule | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the text can be used: it has no error."""
        return self.rulebook is not None

    @cached_property
    def examples(self) -> tuple[ExampleCame, ...]:
        """The examples of the rule and what came out of them."""
        if self.rulebook is None or self.rule is None:
            return ()
        name = self.rule.file.id
        results = run_examples(self.rulebook, [name])
        day = default_day(self.rulebook, self.rule)
        bound = bind_rules_of_guide(self.rulebook, [name], day).get(name)
        found = []
        for result, example in zip(results, self.rule.file.tests, strict=True):
            line, _ = self.rule.document.value_mark(("tests", result.index))
            came = "–"
            if bound is not None and result.finding is not None:
                came = came_out(bound, result.finding)["expect"]
            message = result.failure.message if result.failure is not None else None
            differs = message.partition("failed: ")[2].split("\n", 1)[0] if message else None
            found.append(
                ExampleCame(
                    name=example.name, line=line, expected=example.expect,
                    came=came, difference=differs,
                )
            )  # fmt: skip
        return tuple(found)

    @property
    def red(self) -> int:
        """How many examples come out differently."""
        return sum(one.difference is not None for one in self.examples)

    def offered(self) -> tuple[ExampleOffered, ...]:
        """Return examples at the limits of the rule that it does not have yet."""
        if self.rulebook is None or self.rule is None:
            return ()
        return tuple(
            ExampleOffered(name=one.name, expect=one.expect, text="\n".join(lines_of(one)))
            for one in boundary_examples(self.rulebook, self.rule)
        )

    def with_offered(self, names: Iterable[str]) -> str:
        """Return the text with those of the offered examples that are named added."""
        wanted = set(names)
        if self.rulebook is None or self.rule is None:
            return self.text
        offered = boundary_examples(self.rulebook, self.rule)
        return with_examples(self.text, (one for one in offered if one.name in wanted))


@dataclass
class TriedOn:
    """A list or tender on which a changed rule is tried, judged by the rules as they are.

    `name` is what its page calls it.
    """

    name: str
    case: Case
    request: Request
    _known: BatchResult | None = field(default=None, repr=False)

    def effect(self, rulebook: Rulebook, language: str) -> ListEffect:
        """Return what a changed rulebook turns of the offers."""
        case = self.case
        city = city_of(self.request, rulebook) or ChosenCity(case.chosen.id, rulebook)
        after = bound_on(city.rulebook, city.id, case.bound.as_of)
        if self._known is None:
            self._known = assess_table(case.table, case.bound, case.purchase)
        judged = JudgedTwice(
            self.name, case.table, case.purchase, case.bound, after, case.tender.files, self._known
        )
        return effect_on(judged, Speech(Wording(after, language)), SHOWN)


def tried_on(
    name: str, path: Path, rulebook: Rulebook, *, city: str | None, as_of: date, language: str
) -> TriedOn:
    """Return a list or tender read, on which changed rules are tried.

    A list needs a city, a tender names its own. Raises RequestError for a city or day that is not
    there, InputError for what cannot be read.
    """
    if city is not None:
        check_city(city, rulebook)
    request = Request(path, city, as_of, language=language)
    return TriedOn(name, open_case(request, rulebook), request)


class RuleBench:
    """A rule folder as it stands, on which texts of single rules are tried; nothing is written."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raises RulebookError with every problem of it."""
        self.folder = folder
        self.rulebook = load_rulebook(folder)
        self._rereading = Rereading(self.rulebook)
        self._names = names_of(self.rulebook.dictionary, self.rulebook.city_types)
        self._guides: dict[date, BoundRulebook] = {}

    def path_of(self, rule: str) -> str:
        """Return the file of a rule from the top of the folder; raises RequestError for none."""
        if rule not in self.rulebook.rules:
            raise RequestError.about("rule", f"there is no rule `{rule}`")
        return self.rulebook.rules[rule].document.file

    def tried(self, rule: str, text: str) -> TriedText:
        """Return a text of a rule's file with its problems, read beside all other files."""
        path = self.path_of(rule)
        document = compose(text, path)
        problems = self._rereading.problems(path, document)
        if problems:
            return TriedText(path, text, problems)
        noted = Problems("rule.unsound")
        read = read_rule(path, document, self._names, self.rulebook.shared, noted)
        if read is None or noted.sorted():
            return TriedText(path, text, causes_first(noted.sorted(), [document]))
        same = _speaks_the_same(self.rulebook.rules[read.file.id], read)
        changed = self._with(read, path, document, same=same)
        told = check(changed, but_for=TRANSLATIONS if same else None)
        found = tuple(one for one in told if one.place.file == path)
        errors = any(one.severity is Severity.ERROR for one in found)
        if errors:
            return TriedText(path, text, found, None, read)
        return TriedText(path, text, found, changed, read)

    def _with(self, rule: LoadedRule, path: str, document: Document, *, same: bool) -> Rulebook:
        made = self.rulebook.with_rules({rule.file.id: rule})
        documents: Mapping[str, Document] = {**self.rulebook.documents, path: document}
        changed = replace(made, documents=documents)
        if not same:
            changed = with_languages(changed)
        changed.__dict__["_served"] = made.__dict__["_served"]
        return changed

    def said(self, tried: TriedText, languages: Iterable[str], day: date) -> tuple[RuleSaid, ...]:
        """Return the sentences of a sound text's rule in some languages, as the guide has them."""
        if tried.rulebook is None or tried.rule is None:
            return ()
        name = tried.rule.file.id
        on = max(day, tried.rule.file.effective.since)
        rule = bind_rules_of_guide(tried.rulebook, [name], on).get(name)
        if rule is None:
            return ()
        if on not in self._guides:
            self._guides = {on: bind_guide(self.rulebook, on)}
        bound = replace(self._guides[on], words=tried.rulebook.words)
        bound = replace(bound, rules={**bound.rules, name: rule})
        return tuple(_said(Wording(bound, language), bound, name) for language in languages)


def _speaks_the_same(before: LoadedRule, after: LoadedRule) -> bool:
    """Whether no English of a rule that has translations is another."""
    one, two = before.file, after.file
    titles = [
        {name: parameter.title for name, parameter in rule.parameters.items()}
        for rule in (one, two)
    ]
    return titles[0] == titles[1] and all(
        getattr(one, name) == getattr(two, name)
        for name in ("title", "why", "says", "condition", "sources")
    )


def _said(wording: Wording, bound: BoundRulebook, name: str) -> RuleSaid:
    rule = bound.rules[name]
    says, translated = wording.says(rule)
    return RuleSaid(
        language=wording.language,
        title=wording.rule_title(rule),
        requires=filled(says.requires, rule, wording),
        fails=filled(says.fails, rule, wording) if says.fails else None,
        ask=filled(says.ask, rule, wording) if says.ask else None,
        translated=translated,
    )


def values_in(text: str, path: str) -> tuple[WrittenValue, ...]:
    """Return the dated values of a rule's text that are one word or number."""
    return tuple(written_values(compose(text, path)))


def text_with_value(text: str, path: str, parameter: str, since: str, value: str) -> str:
    """Return a rule's text with a value in the place of another, all else as it is.

    Raises RequestError for a value that is not there or cannot be one.
    """
    return with_value(compose(text, path), parameter, since, value)


def text_with_new_value(text: str, path: str, new: NewValue) -> str:
    """Return a rule's text with a value that begins on a day; raises RequestError."""
    return with_new_value(compose(text, path), new)
