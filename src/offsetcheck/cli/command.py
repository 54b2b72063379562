"""Commands that answer what cannot be asked for as a wrong use of the command line."""

import click

from offsetcheck.vocabulary.problem import Problem, RequestError


class Command(click.Command):
    """A command; a RequestError of what it calls is shown as a usage error of its own."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except RequestError as error:
            first = error.problems[0]
            raise click.BadParameter(_said(first), ctx, param_hint=first.place.file) from error


def _said(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message
