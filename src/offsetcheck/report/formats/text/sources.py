"""What a rulebook cites in lines."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import section, shortened, wrapped
from offsetcheck.report.saying import say
from offsetcheck.rulebook.rules.model import full_name
from offsetcheck.vocabulary.rulebook_explanation import (
    CitySources,
    GuideLine,
    NumberLine,
    SourcesExplanation,
)

Words = Mapping[str, str]
CITED_BY = ("rules", "numbers", "tables", "policies", "scheme", "steps")
DESIGN = "design"
LABEL, COLUMN = 28, 13  # widths of the table, in characters
MAX_VALUE = 60  # characters of a list that stands as a number


def lines(explained: SourcesExplanation, words: Words) -> Iterator[str]:
    """Yield each guide with its clauses, then what the city's verdicts rest on."""
    for guide in explained.guides:
        if guide.clauses:
            yield from _guide(guide, words)
    unused = [guide.id for guide in explained.guides if not guide.clauses]
    if unused and explained.city is None:
        yield from wrapped(say(words, "sources.unused", list=", ".join(unused)))
        yield ""
    if explained.city is not None:
        yield from _city(explained.city, explained.as_of, words)


def _guide(guide: GuideLine, words: Words) -> Iterator[str]:
    yield from wrapped(f"{guide.title} [{guide.id}]")
    edition = say(words, "sources.edition", edition=guide.edition) if guide.edition else None
    about = (guide.publisher, edition, guide.date, guide.url)
    yield from wrapped("; ".join(part for part in about if part), "  ")
    for clause in guide.clauses:
        name = clause.clause or words["sources.whole"]
        yield from wrapped(f"{name} [{clause.standing_words}]", "  ")
        for kind in CITED_BY:
            names = getattr(clause, kind)
            if names:
                yield from wrapped(f"{words[f'sources.{kind}']}: {', '.join(names)}", "    ")
    yield ""


def _city(city: CitySources, day: str, words: Words) -> Iterator[str]:
    yield say(words, "sources.rests_on", city=city.name, day=day)
    heads = (words[f"sources.basis.{basis}"] for basis in city.numbers)
    yield " " * LABEL + "".join(f"{head:>{COLUMN}}" for head in heads)
    for effect, counts in city.rules.items():
        yield _counted(f"{words['sources.rules']}, {words[f'effect.{effect}']}", counts)
    yield _counted(words["sources.numbers"], city.numbers)
    yield ""
    yield from wrapped(_share(city, words))
    yield from wrapped(words["sources.weakest"])
    yield from section(words["sources.design_numbers"], _numbers(city.design_numbers, words))
    yield from section(words["sources.undecided_numbers"], _numbers(city.undecided_numbers, words))
    yield ""
    yield from wrapped(words["sources.own_too"])


def _share(city: CitySources, words: Words) -> str:
    return say(
        words,
        "sources.share",
        own=sum(counts[DESIGN] for counts in city.rules.values()),
        rules=sum(sum(counts.values()) for counts in city.rules.values()),
        of_own=city.numbers[DESIGN],
        numbers=sum(city.numbers.values()),
    )


def _counted(label: str, counts: Mapping[str, int]) -> str:
    return f"{label:{LABEL}}" + "".join(f"{count:{COLUMN},}" for count in counts.values())


def _numbers(numbers: Sequence[NumberLine], words: Words) -> Iterator[str]:
    for line in numbers:
        value = shortened(line.value, MAX_VALUE) if line.value else words["list.none"]
        layer = f" · {line.layer}" if line.layer != "guide" else ""
        yield f"{full_name(line.rule, line.number)} = {value}{layer}"
