"""Examples as text under a rule's `tests:`; every line that stands there stays as it is."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from offsetcheck.rulebook.rules.model import Example

PLAIN = re.compile(r"[A-Za-z][\w .+/()'’“”-]*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = frozenset({"true", "false", "null", "yes", "no", "~"})
TESTS = re.compile(r"^tests:\s*(\[\s*\])?\s*$", re.MULTILINE)
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


def with_examples(text: str, examples: Iterable[Example]) -> str:
    """Return the text of a rule file with examples added behind its own."""
    added = "".join(f"{line}\n" for example in examples for line in lines_of(example))
    if not added:
        return text
    text = text if text.endswith("\n") else text + "\n"
    begin = TESTS.search(text)
    if begin is None:
        return f"{text}tests:\n{added}"
    head, rest = f"{text[: begin.start()]}tests:", text[begin.end() :]
    following = NEXT_KEY.search(rest)
    end = following.start() if following is not None else len(rest)
    return f"{head}{rest[:end]}{added}{rest[end:]}"


def _mapped(values: Any) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in values.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    if isinstance(value, bool) or not isinstance(value, str):
        return json.dumps(value)
    is_plain = PLAIN.fullmatch(value) and value.lower() not in WORDS and value == value.strip()
    return value if is_plain or DAY.fullmatch(value) else json.dumps(value, ensure_ascii=False)
