"""The first gate: which characters and words an expression may hold, each with its column."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType
from sqlglot.tokens import Tokenizer

from offsetcheck.ground.limits import MAX_EXPRESSION_CHARACTERS, MAX_EXPRESSION_DEPTH
from offsetcheck.vocabulary.problem import Place, Problem

SIGNS = frozenset(("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "(", ")", ",", "."))
WORD = re.compile(r"\$?[A-Za-z_][A-Za-z0-9_]*")
STRAIGHT = "put texts and codes in single quotes that are straight: 'code'"
HINTS = {
    "&&": "write `AND`",
    "&": "write `AND`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `<>`",
    "==": "write `=`",
    "!=": "write `<>`",
    "||": "texts cannot be joined",
    "%": "write 60 % as 0.6; there is no remainder",
    "=>": "write `>=`",
    "=<": "write `<=`",
    "×": "write `*`",
    "–": "write `-`",
    "‘": STRAIGHT,
    "’": STRAIGHT,
    "“": STRAIGHT,
    "”": STRAIGHT,
    "„": STRAIGHT,
    "::": "there is no cast; a date is a quoted text such as '2021-01-01'",
    ";": "one expression stands alone",
    "[": "write `count_in(list, ('a', 'b'))`",
    "@": "a parameter is written `$name`",
    ":": "a parameter is written `$name`",
    "{": "a parameter is written `$name`",
    '"': "put texts and codes in single quotes",
    "`": "write the name of a field bare",
}
REFUSED_WORDS = {
    "is": "“is it stated?” is a field of its own; missing is unknown by itself",
    "case": "write one rule, or one level, per case",
    "cast": "the dictionary gives each field its type",
    "select": "an expression reads the fields of one subject only",
    "exists": "an expression reads the fields of one subject only",
    "like": "text is compared exactly; use a field with a closed list of codes",
    "as": "nothing can be renamed here",
    "null": "missing is unknown by itself; “is it stated?” is a field of its own",
    "true": "write the field alone",
    "false": "write `NOT` before the field",
    "distinct": "leave it out",
    "date": "a date is a quoted text such as '2021-01-01'",
    "interval": "use `add_years(date, number)`",
    "xor": "write it out with AND, OR and NOT",
}


def problem_in_text(
    message: str, at: int, hint: str | None = None, names: str | None = None
) -> Problem:
    """Return a problem at a column of an expression, from 1; its file is known to who reads it."""
    check = None if names else "expression.unreadable"
    return Problem(message, Place("", 1, at), hint, check=check, names=names)


def by_column(problem: Problem) -> int:
    """Return the column of a problem of an expression, to sort by."""
    return problem.place.column or 1


def tokens_of(text: str) -> tuple[list[Token], list[Problem]]:
    """Return the tokens of a text, and what keeps it from being parsed at all."""
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        limit = f"{MAX_EXPRESSION_CHARACTERS:,}"
        message = f"the expression has more than {limit} characters"
        return [], [problem_in_text(message, 1, "split the rule")]
    try:
        tokens = Tokenizer().tokenize(text)
    except (SqlglotError, ValueError):
        return [], [_open_quote(text)]
    if not tokens:
        return [], [problem_in_text("the expression is empty", 1)]
    problems = [*_gaps(text, tokens), *_signs(text, tokens), *_neighbours(text, tokens)]
    return tokens, sorted(problems or _depth(tokens), key=by_column)


def _open_quote(text: str) -> Problem:
    quote = max(text.rfind("'"), text.rfind('"'), text.rfind("`"))
    return problem_in_text("a quotation mark has no partner", max(quote, 0) + 1)


def _gaps(text: str, tokens: Sequence[Token]) -> Iterator[Problem]:
    """Find comments: whatever stands between two tokens and is no space."""
    ends = [0, *(token.end + 1 for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    for begin, end in zip(ends, starts, strict=True):
        between = text[begin:end]
        if between.strip():
            at = begin + len(between) - len(between.lstrip()) + 1
            yield problem_in_text(
                "a comment cannot stand in an expression", at, "use `why:` for reasons"
            )


def _signs(text: str, tokens: Sequence[Token]) -> Iterator[Problem]:
    for position, token in enumerate(tokens):
        raw = text[token.start : token.end + 1]
        dotted = position > 0 and tokens[position - 1].token_type == TokenType.DOT
        problem = _sign(token, raw, dotted=dotted)
        if problem:
            yield problem


def _sign(token: Token, raw: str, *, dotted: bool) -> Problem | None:
    at = token.start + 1
    if raw in SIGNS or token.token_type == TokenType.NUMBER:
        return None
    if token.token_type == TokenType.STRING and raw.startswith("'"):
        return None
    if WORD.fullmatch(raw):
        refused = None if dotted else REFUSED_WORDS.get(raw.lower())
        return (
            problem_in_text(f"`{raw}` cannot stand in an expression", at, refused)
            if refused
            else None
        )
    return problem_in_text(
        f"`{raw[:40]}` cannot stand in an expression", at, HINTS.get(raw) or HINTS.get(raw[:1])
    )


def _neighbours(text: str, tokens: Sequence[Token]) -> Iterator[Problem]:
    """Find tokens that touch where they should not: `1_000`, `e'x'`."""
    for left, right in pairwise(tokens):
        touching = left.end + 1 == right.start
        first, second = text[left.start : left.end + 1], text[right.start : right.end + 1]
        if touching and left.token_type == TokenType.NUMBER and WORD.fullmatch(second):
            yield problem_in_text(
                f"`{first}{second}` is not a number", left.start + 1, "write 1000, not 1_000"
            )
        if touching and WORD.fullmatch(first) and right.token_type == TokenType.STRING:
            yield problem_in_text(f"`{first}` cannot stand before a text", left.start + 1)


def _depth(tokens: Sequence[Token]) -> list[Problem]:
    """Refuse what would exhaust the parser: brackets, and runs of NOT and of signs."""
    depth = run = 0
    for token in tokens:
        opens = token.token_type == TokenType.L_PAREN
        closes = token.token_type == TokenType.R_PAREN
        depth += opens - closes
        prefix = token.token_type in {TokenType.NOT, TokenType.DASH, TokenType.PLUS}
        run = run + 1 if prefix else run if opens else 0
        if depth + run > MAX_EXPRESSION_DEPTH:
            message = f"the expression is more than {MAX_EXPRESSION_DEPTH} levels deep"
            return [problem_in_text(message, token.start + 1, "split the rule")]
    return []
