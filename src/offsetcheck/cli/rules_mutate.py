from pathlib import Path

import click

from offsetcheck.cli import options, page
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, show_remarks, typed

FORMATS = ("text", "json", "md")


@click.command("mutate", cls=Command)
@click.argument("chosen", metavar="[RULE|FILE]…", nargs=-1)
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=options.Form(FORMATS),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}.",
)
@page.FILE
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    metavar="N",
    help="Processes that share the work; as many as there are processors unless given.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    metavar="N",
    help="Chooses the cases that are searched for an example.",
)
@click.option("--write", is_flag=True, help="Add the offered examples to the files of the rules.")
@options.RULES
@options.FORCE
def mutate_rules(
    *,
    chosen: tuple[str, ...],
    form: str,
    output: Path | None,
    jobs: int,
    seed: int,
    write: bool,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Make one mistake at a time in rules, and show which of them no example tells.

    A mistake is a threshold a step off, another operator, an operand or an entry of a list left
    out, another grade of evidence, effect, cap, weight or day. For one that nothing tells an
    example is offered that would; read it before you keep it: it must say what the rule means.
    Steps of comparable tonnes are tried too; none is offered for them.

    \b
    Examples:
      offsetcheck rules mutate permanence.storage_floor
      offsetcheck rules mutate rules/vintage/age.yaml --write
      offsetcheck rules mutate --format md -o mutation.md
    """
    from offsetcheck.api.chosen_rules import folder_of
    from offsetcheck.api.mutation import mutation, page_of, share_of, write_offers
    from offsetcheck.cli.progress import shown_progress

    page.refuse_file(output, replace=force)
    rules = rules or folder_of(chosen)
    with shown_progress() as progress:
        run = mutation(chosen, rules, jobs=jobs, seed=seed, progress=progress)
    show_remarks(run.remarks)
    page.deliver(page_of(run, form), output, replace=force)
    if write:
        written = write_offers(run, rules, typed())
        note(f"added to {counted(len(written), 'file')}; read the examples before you keep them")
    note(f"{counted(len(run.inside), 'mistake')} in rules, {share_of(run.inside):.1f} of 100 told")
    if run.outside:
        told = share_of(run.outside)
        note(f"{counted(len(run.outside), 'mistake')} outside of rules, {told:.1f} of 100 told")
    return Exit.RULEBOOK if run.overtaken else Exit.DONE
