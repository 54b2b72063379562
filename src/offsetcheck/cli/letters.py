from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offsetcheck.cli import options
from offsetcheck.cli.asked import OFFERS, Asked, asked
from offsetcheck.cli.assess import status
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import result, show_account, show_all, show_remarks, typed

if TYPE_CHECKING:
    from offsetcheck.vocabulary.letter import Withheld

# As `LetterKind` has them, which is not imported to print a line of help.
KINDS = ("clarification", "cure", "award", "refusal", "debrief", "standstill", "report")
FORMATS = ("docx", "pdf", "txt", "json")
MOST_NAMED = 3


@click.group()
def letters() -> None:
    """Write letters to bidders from the assessment and the decision, and check templates of them.

    \b
    Examples:
      offsetcheck letters make tender/ -o letters
      offsetcheck letters make tender/ -o letters --kind clarification --format txt
      offsetcheck letters make tender/ -o letters --format docx --format pdf
      offsetcheck letters lint templates/letters/refusal.docx
    """


@letters.command(cls=Command)
@options.INPUT
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=options.Word(KINDS),
    metavar="KIND",
    help=f"{', '.join(KINDS)}; may be repeated; all that may be written unless given.",
)
@click.option(
    "--seller",
    "sellers",
    multiple=True,
    metavar="NAME",
    help="A bidder to write to, as the offers name him; may be repeated; all unless given.",
)
@options.formats(FORMATS, "docx")
@options.output("letters")
@OFFERS
@asked(options.RULES, options.TEMPLATES)
@click.option(
    "--lang",
    "language",
    metavar="LANG",
    help="The language of all letters; unless given, each bidder's own, else the city's.",
)
@options.FORCE
def make(
    *,
    path: Path,
    kinds: tuple[str, ...],
    sellers: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    asked: Asked,
    language: str | None,
    force: bool,
) -> Exit:
    """Write the letters that the stage of a tender and its decision.yaml allow.

    One letter to each bidder with all his offers, and one report on the procedure. What may not be
    written is named with the reason.

    \b
    Examples:
      offsetcheck letters make samples/turku -o letters --as-of 2026-09-30
      offsetcheck letters make tender/ -o letters --kind refusal --lang fi
    """
    from offsetcheck.api.letters import letters as make_letters
    from offsetcheck.api.letters import write_letters

    made = make_letters(
        asked.request(path, command="letters make"), asked.rulebook(),
        kinds=kinds, sellers=sellers, formats=formats, language=language, templates=asked.templates,
    )  # fmt: skip
    show_account(made.case.readings, made.case.problems, "`offsetcheck assess` lists them all")
    show_remarks(made.remarks)
    show_remarks(_withheld(made.withheld))
    show_remarks(made.languages)
    for written in write_letters(made, output, replace=force, command=typed()):
        result(str(written))
    return status(made.case.problems, (), ())


def _withheld(letters: Iterable["Withheld"]) -> Iterator[str]:
    """Yield a line for each reason: which letters, and to whom or to how many."""
    reasons: dict[str, list[Withheld]] = {}
    for one in letters:
        reasons.setdefault(one.reason, []).append(one)
    for reason, same in reasons.items():
        kinds = ", ".join(dict.fromkeys(one.letter.value for one in same))
        sellers = list(dict.fromkeys(one.seller for one in same if one.seller))
        few = len(sellers) <= MOST_NAMED
        named = "; ".join(sellers) if few else f"{len(sellers)} bidders"
        yield f"not written: {kinds}{f' to {named}' if named else ''}: {reason}"


@letters.command(cls=Command)
@click.argument(
    "templates", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--kind",
    type=options.Word(KINDS),
    metavar="KIND",
    help="The letter that a template is of, where the name of its file does not tell.",
)
def lint(*, templates: tuple[Path, ...], kind: str | None) -> Exit:
    """Check templates of letters: fields, what must be said, and what a Word file may not hold.

    \b
    Examples:
      offsetcheck letters lint templates/letters/refusal.docx
      offsetcheck letters lint --kind award my-award.docx
    """
    from offsetcheck.api.letter_templates import lint_templates

    problems = lint_templates(templates, kind)
    show_all(problems)
    found = status(problems, (), ())
    if found is Exit.DONE:
        for path in templates:
            result(f"{path}: may be used")
    return found
