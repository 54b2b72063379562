"""The offers of a judged list, kept with what judged them: one is explained without the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import AnyPath, Case
from offsetcheck.api.city import city_chosen
from offsetcheck.api.judge import JudgedOffer, judge_one
from offsetcheck.engine.assess import assess_purchase
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, Setting, setting
from offsetcheck.ground.blocks import SUFFIX, Blocks, NoBlocksError, blocks_at, write_blocks
from offsetcheck.ground.publish.naming import naming
from offsetcheck.ground.version import __version__
from offsetcheck.intake.kept_facts import (
    UNREADABLE,
    kept_candidate,
    kept_head,
    kept_rows,
    read_facts,
    written_facts,
)
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError
from offsetcheck.vocabulary.purchase import Purchase, Stage

KEPT_OFFERS = f"offers{SUFFIX}"
AGAIN = "judge the list again: `offsetcheck batch … --explainable`"


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """An offer out of a result, judged and explained; `remarks` are sentences about the result."""

    judged: JudgedOffer
    setting: Setting
    templates: Path | None
    remarks: tuple[str, ...]


def keep_offers(case: Case, folder: Path) -> None:
    """Write the offers of a list beside its results; of a tender, which is short, nothing is kept.

    Raises OSError with the file's name.
    """
    if case.folder is not None:
        return
    path = folder / KEPT_OFFERS
    with naming(path), path.open("wb") as file:
        write_blocks(file, kept_rows(case.table), _head(case))


def explain_kept(
    path: AnyPath, offer: str, rulebook: Rulebook, *, language: str = "en"
) -> KeptOffer:
    """Return one offer of a judged list, judged and explained as it was, without the list.

    `path` is a folder of results of a batch that kept its offers, or the file of these. Raises
    InputError where they cannot be read, RequestError for an unknown id or city.
    """
    file = blocks_at(Path(path)) or Path(path)
    head, candidate, purchase = _read(file, offer)
    city = city_chosen(head["city_named"] or head["city"], rulebook)
    bound = bound_on(city.rulebook, city.id, date.fromisoformat(head["as_of"]))
    files = tuple((str(name), str(digest)) for name, digest in head["files"])
    origin = Origin(files, head["input_hash"], reproduce=head["reproduce"])
    made = setting(bound, purchase, language, origin)
    explained = explain_purchase(made, assess_purchase(purchase, bound))
    remarks = _remarks(head, bound.hash)
    return KeptOffer(judge_one(made, explained, candidate), made, city.templates, remarks)


def _head(case: Case) -> dict[str, Any]:
    origin, purchase = case.setting.origin, case.purchase
    return {
        "version": __version__,
        "city": case.bound.city.id,
        "city_named": case.city_named,
        "as_of": case.bound.as_of.isoformat(),
        "rulebook": case.bound.hash,
        "files": [list(pair) for pair in origin.files],
        "input_hash": origin.input_hash,
        "reproduce": origin.reproduce,
        "stage": purchase.stage.value,
        "purchase": written_facts(purchase.facts),
        "table": kept_head(case.table),
    }


def _read(file: Path, offer: str) -> tuple[Mapping[str, Any], Candidate, Purchase]:
    try:
        with file.open("rb") as opened:
            blocks = Blocks.of(opened)
            head, text = blocks.head, blocks.find(offer)
        purchase = Purchase(stage=Stage(head["stage"]), facts=read_facts(head["purchase"]))
        known = None if text is None else kept_candidate(offer, text, head["table"])
        _check(head)
    except (NoBlocksError, OSError, *UNREADABLE) as error:
        problem = Problem("these kept offers cannot be read", Place(str(file)), AGAIN)
        raise InputError([problem]) from error
    if known is None:
        raise RequestError.about("offer", f"no offer of this result has the id `{offer}`")
    return head, known, purchase


def _check(head: Mapping[str, Any]) -> None:
    """Raise where the head of kept offers is none."""
    date.fromisoformat(head["as_of"])
    texts = (head["city"], head["rulebook"], head["reproduce"], head["version"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(head["files"], list):
        raise TypeError("no head of kept offers")
    for name in ("city_named", "input_hash"):
        if not isinstance(head[name], str | None):
            raise TypeError("no head of kept offers")


def _remarks(head: Mapping[str, Any], rulebook: str) -> tuple[str, ...]:
    said = f"explained as judged for {head['city']} on {head['as_of']}"
    if head["rulebook"] == rulebook and head["version"] == __version__:
        return (said,)
    others = "the rules" if head["rulebook"] != rulebook else "the version of offsetcheck"
    return (said, f"{others} changed since this result was made: its verdict may be another")
