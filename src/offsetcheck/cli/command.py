"""Commands that answer what cannot be asked for as a wrong use of the command line."""

import re

import click

from offsetcheck.vocabulary.problem import WHOLE_REQUEST, Problem, RequestError

# How errors of `offsetcheck.api` name a function or an argument, and how the command line does.
WORDS = (
    (re.compile(r"with `(\w+)`"), r"with --\1"),
    (re.compile(r"^use `(\w+)`"), r"use `offsetcheck \1`"),
)


# The arguments of `offsetcheck.api`, as the command line calls them.
ARGUMENTS = {
    "as_of": "--as-of",
    "base": "--base",
    "block": "--block",
    "buyer": "--buyer",
    "cities": "--cities",
    "country": "--country",
    "city_name": "NAME",
    "extends": "--extends",
    "city": "CITY",
    "engine": "--engine",
    "facts": "--facts",
    "folder": "DIR",
    "deciding": "--deciding",
    "draft": "--draft-decision",
    "explainable": "--explainable",
    "formats": "--format",
    "kind": "KIND",
    "language": "--lang",
    "missing": "--missing-format",
    "name": "--format",
    "new": "NEW",
    "offer": "ID",
    "pages": "--report-format",
    "pdf": "--pdf",
    "reports": "--reports",
    "offers": "--offer",
    "old": "OLD",
    "on": "--on",
    "projects": "--project",
    "received": "--received",
    "rule": "RULE",
    "seller": "--seller",
    "set": "--set",
    "since": "--from",
    "table": "NAME",
    "template": "TEMPLATE",
    "tried_cities": "--city",
    "types": "--types",
}


class Command(click.Command):
    """A command; a RequestError of what it calls is shown as a usage error of its own."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except RequestError as error:
            first = error.problems[0]
            said = "\n".join(map(_said, error.problems))
            if first.place.file == WHOLE_REQUEST:
                raise click.UsageError(said, ctx) from error
            argument = ARGUMENTS.get(first.place.file, first.place.file)
            raise click.BadParameter(said, ctx, param_hint=argument) from error


def _said(problem: Problem) -> str:
    texts = [problem.message, *([problem.hint] if problem.hint else [])]
    for pattern, words in WORDS:
        texts = [pattern.sub(words, text) for text in texts]
    return "; ".join(texts)
