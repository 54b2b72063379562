"""SQL texts, and names for those that recur: columns that others can read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from offsetcheck.vocabulary.evidence import MOST_POSSIBLE


@dataclass(frozen=True, slots=True)
class Sql:
    """An expression; an `atom` is a column or a literal, which may be repeated at no cost."""

    text: str
    atom: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A value, null where it is unknown; `members` is then the list of those of which it is one.

    `members` None: the value is nowhere known in part.
    """

    value: Sql
    members: Sql | None = None


def sql(pattern: str, *parts: Sql) -> Sql:
    """Return a pattern with a part in each place `{}`."""
    return Sql(pattern.format(*(part.text for part in parts)))


def joined(separator: str, parts: Sequence[Sql], otherwise: str) -> Sql:
    """Return parts with a separator between, `otherwise` where there are none."""
    if not parts:
        return Sql(otherwise, atom=True)
    return Sql("(" + separator.join(part.text for part in parts) + ")")


TRUE, FALSE = Sql("true", atom=True), Sql("false", atom=True)
TRUTHS = (TRUE.text, FALSE.text)


UNKNOWN = "CAST(NULL AS "


def unknown(kind: str) -> Sql:
    """Return what is unknown in every row, of a type of SQL."""
    return Sql(f"{UNKNOWN}{kind})", atom=True)


def is_unknown(expression: Sql) -> bool:
    """Whether an expression is unknown in every row."""
    return expression.atom and expression.text.startswith(UNKNOWN)


@dataclass(frozen=True)
class Columns:
    """Columns by name, each with its text; equal texts are one column.

    `telling` are those that tell one row from another for whoever judges, with all their values,
    None where these are not listed.
    """

    texts: dict[str, str] = field(default_factory=dict)
    telling: dict[str, Sequence[str] | None] = field(default_factory=dict)
    _known: dict[str, Sql] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def named(self, expression: Sql) -> Sql:
        """Return an expression as a column, or as it is where it is an atom."""
        if expression.atom:
            return expression
        return self._own(expression)

    def told(self, expression: Sql, values: Sequence[str] | None = TRUTHS) -> Sql:
        """Return an expression as a column on which the judgement rests.

        It is one of a few values, which are written as literals, or unknown; without a list of
        these it is never unknown, and rows that differ in it are different.
        """
        if expression in (TRUE, FALSE) or is_unknown(expression):
            return expression
        column = self._own(expression)
        self.telling[column.text] = values
        return column

    def fresh(self) -> Sql:
        """Return a new name for a column."""
        return Sql(f"_c{next(self._numbers)}", atom=True)

    def _own(self, expression: Sql) -> Sql:
        if expression.text not in self._known:
            column = self.fresh()
            self._known[expression.text] = column
            self.texts[column.text] = expression.text
        return self._known[expression.text]

    def term(self, term: Term) -> Term:
        """Return a term of columns."""
        return Term(self.named(term.value), term.members and self.named(term.members))


def applied(
    columns: Columns, write: Callable[..., str], arguments: Sequence[Term], kind: str
) -> Term:
    """Return what a function comes to where all arguments are known, one of them perhaps in part.

    `write` takes the texts of known arguments; where the result, of a type of SQL, is NULL there is
    no answer.
    """
    if any(is_unknown(argument.value) and argument.members is None for argument in arguments):
        return Term(unknown(kind))
    known = [columns.term(argument) for argument in arguments]
    values = [one.value for one in known]
    written = Sql(write(*(value.text for value in values)))
    sure = sql("CASE WHEN {} THEN {} END", _all_known(values), written)
    tries = [_tried(write, known, place) for place, one in enumerate(known) if one.members]
    if not tries:
        return Term(sure)
    tried = columns.named(joined(" ", [Sql("CASE"), *tries, Sql("END")], ""))
    found = columns.named(
        sql("CASE WHEN NOT exists({0}, x -> x IS NULL) THEN array_distinct({0}) END", tried)
    )
    return Term(sql("coalesce({}, {})", sure, single(found)), several(found))


def single(found: Sql) -> Sql:
    """Return the one value of a list of values, NULL where there are none or several."""
    return sql("CASE WHEN size({0}) = 1 THEN get({0}, 0) END", found)


def several(found: Sql) -> Sql:
    """Return a list of values where it holds more than one, and no more than may be kept."""
    return sql(f"CASE WHEN size({{0}}) BETWEEN 2 AND {MOST_POSSIBLE} THEN {{0}} END", found)


def _all_known(values: Sequence[Sql]) -> Sql:
    return joined(" AND ", [sql("{} IS NOT NULL", value) for value in values], "true")


def _tried(write: Callable[..., str], arguments: Sequence[Term], at: int) -> Sql:
    """Return the branch in which one argument is known in part and all others are known."""
    members = arguments[at].members
    assert members is not None  # noqa: S101 - the caller asks for such only
    others = [one.value for place, one in enumerate(arguments) if place != at]
    texts = [one.value.text for one in arguments]
    texts[at] = "x"
    known = _all_known([members, *others]).text
    return Sql(f"WHEN {known} THEN transform({members.text}, x -> {write(*texts)})")
