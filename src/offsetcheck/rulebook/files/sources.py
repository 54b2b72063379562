"""sources.yaml: every guide that rules, cities and tables cite, and that each citation is there."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tables.model import ReferenceTable
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import FileModel, build, mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import Sentence, Text, spoken, wrong


def _http(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise wrong(f"a web address is needed here, not {spoken(value)}", "start it with https://")
    return value


def _date_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class GuideEntry(FileModel):
    """A published guide: `date` may be a year, a month or a day."""

    title: Sentence
    publisher: Sentence | None = None
    edition: Annotated[Text, BeforeValidator(_date_text)] | None = None
    date: Annotated[Text, BeforeValidator(_date_text)] | None = None
    url: Annotated[str, BeforeValidator(_http)] | None = None
    licence: Sentence | None = None

    def guide(self, name: str) -> Guide:
        """Return the guide under its id."""
        return Guide(
            name, self.title, self.publisher, self.edition, self.date, self.url, self.licence
        )


def read_guides(document: Document | None, problems: Problems) -> dict[str, Guide]:
    """Return the cited guides by id; every mistake is noted."""
    if document is None:
        return {}
    listed = mapping_in(document, problems, "write `guide-id: …` lines")
    read = {
        name: build(GuideEntry, data, document, problems, (name,)) for name, data in listed.items()
    }
    guides = {name: entry.guide(name) for name, entry in read.items() if entry is not None}
    # A guide whose entry is wrong is known all the same: its citations are no problem of theirs.
    return guides | {name: Guide(name, name) for name in read if name not in guides}


def check_sources(
    guide: GuideFile | None,
    tables: Mapping[str, ReferenceTable | None],
    guides: Mapping[str, Guide],
    documents: Mapping[str, Document],
    problems: Problems,
) -> None:
    """Check the citations of guide.yaml and tables.yaml; rules and cities check their own."""
    if guide is not None:
        steps: Steps = ("floor", "source")
        document = documents["guide.yaml"]
        check_citation(guide.floor.source, guides, document, steps, problems)
        term = guide.screening.source if guide.screening is not None else None
        check_citation(term, guides, document, ("screening", "source"), problems)
    for name, table in tables.items():
        document = documents["tables/tables.yaml"]
        for index, edition in enumerate(table.entry.editions if table else ()):
            steps = (name, "editions", index)
            check_citation(edition.source, guides, document, (*steps, "source"), problems)
            for place, source in enumerate(edition.sources):
                check_citation(source, guides, document, (*steps, "sources", place), problems)


def check_citation(
    source: SourceEntry | None,
    guides: Mapping[str, Guide],
    document: Document,
    steps: Steps,
    problems: Problems,
) -> None:
    """Check that a cited guide stands in sources.yaml."""
    if source is None or source.guide is None or source.guide in guides:
        return
    message = f"the guide `{source.guide}` is not in sources.yaml"
    hint = did_you_mean(source.guide, guides)
    names = f"guide {source.guide}"
    problems.at_value(document, (*steps, "guide"), message, hint, names=names)
