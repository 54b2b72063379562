"""sources.yaml, and that every citation of the folder names a guide that stands there."""

from collections.abc import Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.files.sources import GuideEntry
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.tables.model import ReferenceTable
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.model import build, mapping_in
from offsetcheck.vocabulary.forms.problems import Problems


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
        check_citation(guide.floor.source, guides, documents["guide.yaml"], steps, problems)
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
    problems.at_value(document, (*steps, "guide"), message, hint)
