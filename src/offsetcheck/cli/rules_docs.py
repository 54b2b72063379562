from datetime import date
from pathlib import Path

import click

from offsetcheck.cli import options
from offsetcheck.cli.command import Command
from offsetcheck.cli.exits import Exit
from offsetcheck.cli.terminal import note, result, typed


@click.command("docs", cls=Command)
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
      offsetcheck rules docs --city turku --lang fi -o turku-rules
      offsetcheck rules docs --pdf rulebook.pdf --pages docs -o site --force
    """
    from offsetcheck.api.case import open_rulebook
    from offsetcheck.api.output import refuse_file
    from offsetcheck.api.site import base_address, rulebook_site, write_book, write_site

    refuse_file(pdf, replace=force)
    address = base_address(base) if base is not None else None
    site = rulebook_site(
        open_rulebook(rules), rules,
        as_of=as_of, cities=cities, language=language, pages=pages,
    )  # fmt: skip
    count = write_site(site, output, base=address, replace=force, command=typed())
    result(str(output / "index.html"))
    if pdf is not None:
        write_book(site, pdf, replace=force, command=typed())
        result(str(pdf))
    note(f"{count:,} files; open {output / 'index.html'} in a browser, or put the folder on a web")
    if site.explained.failed:
        note(f"{site.explained.failed:,} examples come out differently: `offsetcheck rules test`")
    return Exit.DONE
