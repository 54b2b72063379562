"""A step of comparable tonnes in lines."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import part, section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.report.values import source_words
from offsetcheck.vocabulary.step_explanation import (
    StepCase,
    StepChoice,
    StepExampleLine,
    StepExplanation,
    StepOffered,
    StepRead,
)

Words = Mapping[str, str]


def lines(explained: StepExplanation, words: Words) -> Iterator[str]:
    """Yield a step's words, what it reads, its choices, formula, sources and examples."""
    yield explained.title
    day = said_day(explained.as_of, words)
    yield say(words, "text.rule_for", rule=explained.step, city=explained.city, day=day)
    yield from wrapped(explained.why, further="")
    yield ""
    for key, text in (
        ("tonnes.show.does", explained.does),
        ("tonnes.page.acts_under", explained.acts_under),
        ("tonnes.show.open", explained.open),
        ("tonnes.show.tables", ", ".join(explained.tables)),
    ):
        if text:
            yield from wrapped(f"{words[key]}: {text}")
    yield from part(words["tonnes.show.reads"], _reads(explained.inputs, words))
    if explained.choices:
        yield from part(words["tonnes.choices"], _choices(explained.choices, words))
    yield from part(words["tonnes.page.formula"], _formula(explained, words))
    yield from section(words["site.sources"], map(source_words, explained.sources))
    yield from part(words["tonnes.show.examples"], _examples(explained.examples, words))


def _reads(inputs: Sequence[StepRead], words: Words) -> Iterator[str]:
    for one in inputs:
        key = "tonnes.show.named" if one.range is None else "tonnes.show.bounded"
        said = say(words, key, title=one.title, name=one.name, range=one.range or "")
        yield from wrapped(said, "  ")
        for expression in one.first_of:
            yield from wrapped(expression, "    ")
        if one.unless is not None:
            said = say(words, "tonnes.show.unless", expression=one.unless)
            yield from wrapped(said, "    ")


def _choices(choices: Sequence[StepChoice], words: Words) -> Iterator[str]:
    for one in choices:
        key = "tonnes.choice" if one.layer is None else "tonnes.choice_by"
        title = say(words, "tonnes.show.named", title=one.title, name=one.parameter)
        said = say(words, key, title=title, words=one.words, layer=one.layer or "")
        yield from wrapped(said, "  ")
        for offered in one.offered:
            yield from wrapped(_offered(offered, words), "    ")


def _offered(one: StepOffered, words: Words) -> str:
    gives = "".join(f"; {name} = {number:g}" for name, number in one.gives)
    said = say(words, "tonnes.choice", title=one.value, words=f"{one.title}{gives}")
    return f"{said} · {source_words(one.source)}"


def _formula(explained: StepExplanation, words: Words) -> Iterator[str]:
    for one in explained.parts:
        title = say(words, "tonnes.show.named", title=one.title, name=one.name)
        yield from _cases(title, one.cases, words)
    yield from _cases(words["tonnes.page.factor"], explained.factor, words)


def _cases(title: str, cases: Sequence[StepCase], words: Words) -> Iterator[str]:
    yield from wrapped(f"{title} =", "  ")
    for case in cases:
        when = case.when or (words["tonnes.show.else"] if len(cases) > 1 else None)
        yield from wrapped(case.value if when is None else f"{when}: {case.value}", "    ")


def _examples(examples: Sequence[StepExampleLine], words: Words) -> Iterator[str]:
    for one in examples:
        given = "; ".join(f"{fact.title}: {fact.value}" for fact in one.given)
        parts = "".join(f"; {title}: {value}" for title, value in one.parts)
        day = "" if one.day is None else f" ({one.day})"
        said = say(
            words,
            "tonnes.show.example",
            name=f"{one.name}{day}",
            given=given or words["site.no_facts"],
            factor=f"{one.factor}{parts}",
        )
        differs = "" if one.holds else f" {words['site.differs']}"
        yield from wrapped(f"{said}{differs}", "  ")
