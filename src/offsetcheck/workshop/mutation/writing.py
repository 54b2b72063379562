"""Examples as text under a rule's `tests:`; every line that stands there stays as it is."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.forms.document import Document, Mark

if TYPE_CHECKING:
    from offsetcheck.workshop.mutation.run import Offered

PLAIN = re.compile(r"[A-Za-z][\w .+/()'’“”-]*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = frozenset({"true", "false", "null", "yes", "no", "~"})
TESTS = re.compile(r"^tests:[ \t]*(\[[ \t]*\])?[ \t]*(#[^\r\n]*)?(?=\r?$)", re.MULTILINE)
WORD = re.compile(r"""["']?\w+["']?""")
NEXT_KEY = re.compile(r"^[A-Za-z_]", re.MULTILINE)


def lines_of(example: Example) -> Iterator[str]:
    """Yield an example as the lines that stand under `tests:`."""
    yield f"  - name: {_scalar(example.name)}"
    if example.as_of is not None:
        yield f"    as_of: {example.as_of.isoformat()}"
    yield f"    given: {_mapped(example.given)}"
    yield f"    expect: {example.expect}"
    if example.evidence:
        yield f"    evidence: {_mapped(example.evidence)}"
    for key in "effect", "points":
        if getattr(example, key) is not None:
            yield f"    {key}: {getattr(example, key)}"


def added(document: Document, offered: "Offered") -> Iterator[tuple[str, str]]:
    """Yield the file of a rule and its text with what is offered added."""
    text = document.text
    # From the last line up, so that the places above stay what they are.
    marks = [
        (document.value_mark(("tests", one.index, "expect")), one) for one in offered.assertions
    ]
    for mark, one in sorted(marks, key=lambda pair: pair[0], reverse=True):
        text = with_assertion(text, mark, one.key, one.value)
    yield document.file, with_examples(text, (offer.example for offer in offered.examples))


def with_examples(text: str, examples: Iterable[Example]) -> str:
    """Return the text of a rule file with examples added behind its own."""
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    added = "".join(f"{line}{end_of_line}" for one in examples for line in lines_of(one))
    if not added:
        return text
    text = text if text.endswith("\n") else text + end_of_line
    begin = TESTS.search(text)
    if begin is None:
        return f"{text}tests:{end_of_line}{added}"
    own = text[begin.start() : begin.end()]
    head = text[: begin.start()] + (own if begin[1] is None else own.replace(begin[1], "", 1))
    rest = text[begin.end() :]
    following = NEXT_KEY.search(rest)
    end = following.start() if following is not None else len(rest)
    return f"{head}{rest[:end]}{added}{rest[end:]}"


def with_assertion(text: str, expect: Mark, key: str, value: str) -> str:
    """Return the text of a rule file with a key added behind the `expect:` of an example.

    `expect` is the place of its value.
    """
    lines = text.split("\n")
    line, column = expect
    own = lines[line - 1]
    after = WORD.match(own, column - 1)
    end = after.end() if after is not None else len(own)
    head = own[: column - 1]
    if head.strip() == "expect:":
        indent = head[: len(head) - len(head.lstrip())]
        lines.insert(line, f"{indent}{key}: {value}" + ("\r" if own.endswith("\r") else ""))
    else:
        lines[line - 1] = f"{own[:end]}, {key}: {value}{own[end:]}"
    return "\n".join(lines)


def _mapped(values: Any) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in values.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    if isinstance(value, bool) or not isinstance(value, str):
        return json.dumps(value)
    is_plain = PLAIN.fullmatch(value) and value.lower() not in WORDS and value == value.strip()
    return value if is_plain or DAY.fullmatch(value) else json.dumps(value, ensure_ascii=False)
