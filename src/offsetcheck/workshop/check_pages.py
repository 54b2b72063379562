"""docs/checks/: a page for every check of a rulebook, made from the check itself, and an index."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from offsetcheck.rulebook.lint import described
from offsetcheck.rulebook.lint.check import Described
from offsetcheck.vocabulary.problem import Severity

FOLDER = "checks"
INDEX = f"{FOLDER}/README.md"
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "remark",
}
INTRODUCTION = """\
# Checks of a rulebook

`offsetcheck rules check` prints each problem with the id of its check in brackets; each id has a
page here. What follows from another problem is counted under it: mend the first, and check again.

A finding that is meant to stand is excepted, with a reason, in `exceptions.yaml` of the rules:

```yaml
- check: examples.one_side_of_limit
  file: vintage/age.yaml
  at: tests
  reason: No offer can state the other side.
```

`at` is the path of keys joined by dots, in a table the first cell of the row and the column;
`--format json` prints it for every problem. Without `at` the whole file is excepted. An exception
from no check, without a reason, or that excepts nothing any more is an error. Errors of reading
cannot be excepted."""


def check_pages(more: Sequence[Described] = ()) -> dict[str, str]:
    """Return the pages of all checks by their paths under `docs`; `more` are found elsewhere."""
    every = sorted((*described(), *more), key=lambda one: one.id)
    pages = {f"{FOLDER}/{one.id}.md": check_page(one) for one in every}
    return {INDEX: "\n".join([INTRODUCTION, *_listed(every)]) + "\n", **pages}


def check_page(check: Described) -> str:
    """Return the page of one check as Markdown."""
    return f"""\
# {check.title}

`{check.id}` · {SEVERITIES[check.severity]} · [all checks](README.md)

{check.finds}

**Why it matters.** {check.why}

**What to do.** {check.step}

Wrong:

```yaml
{check.wrong}```

Right:

```yaml
{check.right}```
"""


def _listed(every: Sequence[Described]) -> Iterator[str]:
    for family, members in groupby(every, key=lambda one: one.id.partition(".")[0]):
        yield from ("", f"## {family}", "", "| check | severity | what is wrong |", "|---|---|---|")
        for one in members:
            name = f"[{one.id}]({one.id}.md)"
            yield f"| {name} | {SEVERITIES[one.severity]} | {one.title} |"
