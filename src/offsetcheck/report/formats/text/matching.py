"""A table held against a list, in lines."""

from collections.abc import Iterator, Mapping

from offsetcheck.report.lines import section, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.vocabulary.matching import KeyLine, LookupLine, Matching

Words = Mapping[str, str]


def lines(explained: Matching, words: Words) -> Iterator[str]:
    """Yield the counts of each lookup, and the keys that most often meet no row."""
    day = said_day(explained.as_of, words)
    yield from wrapped(
        say(
            words,
            "matching.heading",
            table=explained.table,
            edition=explained.edition or words["list.none"],
            list=explained.list,
            day=day,
        )
    )
    for line in explained.lookups:
        yield ""
        yield from wrapped(say(words, "matching.field", field=line.field, on=", ".join(line.on)))
        yield from _counts(line, words)
        keys = (_key(key, words) for key in line.without)
        yield from section(f"  {words['matching.without']}", keys, "    ")


def _counts(line: LookupLine, words: Words) -> Iterator[str]:
    for key in ("found", "none", "stale", "key_unknown"):
        count = getattr(line, key)
        share = f"{count / line.rows:.1%}" if line.rows else "–"
        absent = line.absent or words["cause.no_row"]
        yield f"  {count:>9,} {share:>7}  {say(words, f'matching.{key}', absent=absent)}"


def _key(line: KeyLine, words: Words) -> str:
    parts = ", ".join(f"{name} = {value}" for name, value in line.key)
    if line.tonnes is None:
        return say(words, "matching.key", rows=f"{line.rows:,}", key=parts)
    return say(
        words, "matching.key_tonnes", rows=f"{line.rows:,}", key=parts, tonnes=f"{line.tonnes:,.0f}"
    )
