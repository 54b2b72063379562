"""sources.yaml as written: every guide that rules, cities and tables cite."""

from typing import Annotated

from pydantic import BeforeValidator

from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.vocabulary.forms.model import FileModel
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
