"""decisions.yaml as written: verdict words in order, and the ways to each conclusion."""

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from offsetcheck.rulebook.binding.bound import Decisions
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import Listed, Mapped, Text, Texts, wrong


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Quantifier(FileModel):
    """Some or all rules of one effect, in one dimension where it is named, in one of the states."""

    effect: Text | None = None
    dimension: Text | None = None
    rule: Text | None = None
    finding: Annotated[tuple[Text, ...], Listed, BeforeValidator(_one_or_more)]


class Alternative(FileModel):
    """One way to a conclusion: any rule of a kind, or all words of a list."""

    any: Quantifier | None = None
    every: Quantifier | None = None
    all: Texts | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Alternative":
        if sum(form is not None for form in (self.any, self.every, self.all)) != 1:
            raise wrong("one of `any`, `every` and `all` is needed here")
        if self.all == ():
            raise wrong("`all` needs at least one word")
        return self


class VerdictFile(FileModel):
    """Verdict words in order, and what concludes each; the first that is concluded stands."""

    verdicts: Texts
    conclusions: Annotated[dict[str, Annotated[tuple[Alternative, ...], Listed]], Mapped]

    def decisions(self) -> Decisions:
        """Return the decisions as the engine and the audit page read them."""
        written = {
            name: tuple(way.model_dump(exclude_none=True) for way in alternatives)
            for name, alternatives in self.conclusions.items()
        }
        return Decisions(self.verdicts, written)


class DecisionsFile(VerdictFile):
    """The whole file: the candidate's decisions, and the purchase's in the same form."""

    purchase: VerdictFile
