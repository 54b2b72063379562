from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.counted import counted
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed


@click.command("docs", cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@options.output("site")
@click.option(
    "--city",
    "cities",
    multiple=True,
    metavar="CITY|DIR",
    help="Show the policy of this city alone; may be repeated; all unless given.",
)
@options.AS_OF
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of Markdown pages that join the site, such as docs.",
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the rulebook as one PDF as well.",
)
@click.option(
    "--base",
    metavar="URL",
    help="The address at which the site will stand: for a sitemap and the page of no page.",
)
@options.LANGUAGE
@options.RULES
@options.FORCE
def write_docs(
    *,
    folder: Path | None,
    output: Path,
    cities: tuple[str, ...],
    as_of: date,
    pages: Path | None,
    pdf: Path | None,
    base: str | None,
    language: str,
    rules: Path | None,
    force: bool,
) -> Exit:
    """Write the rulebook as a site that needs no server, and as one PDF.

    A page for each rule, city, law, field, source and table, indexes, and a search. The folder can
    be opened from disk or put on any web server as it is.

    \b
    Examples:
      offsetcheck rules docs -o site
      offsetcheck rules docs rules/ -o site
      offsetcheck rules docs --city turku --lang fi -o turku-rules
      offsetcheck rules docs --pdf rulebook.pdf --pages docs -o site --force
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.site import rulebook_site, write_site

    rules = options.one_folder(folder, rules)
    rulebook = open_rulebook(rules)
    written = write_site(
        lambda: rulebook_site(
            rulebook, rules, as_of=as_of, cities=cities, language=language, pages=pages
        ),
        output, book=pdf, base=base, replace=force, command=typed(),
    )  # fmt: skip
    result(str(output / "index.html"))
    if pdf is not None:
        result(str(pdf))
    note(f"{counted(written.files, 'file')}; open {output / 'index.html'} in a browser")
    if written.failed:
        different = counted(written.failed, "example comes", "examples come")
        note(f"{different} out differently: `offsetcheck rules test`")
    return Exit.DONE
