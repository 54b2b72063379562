"""What was said of one offer serves others, and changes nothing of what is said of them."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.api.case import Case, open_rulebook, open_tender
from offsetcheck.api.judge import judge_one
from offsetcheck.vocabulary.candidate import Candidate

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
VROD = DATA / "vrod" / "vrod-v2025-12-year-end.parquet"
DAY = date(2026, 9, 30)


def opened(name: str) -> Case:
    return open_tender(SAMPLES / name, open_rulebook(), as_of=DAY)


def said(case: Case) -> Iterator[str]:
    for candidate in case.table.candidates():
        yield judge_one(
            case.setting, case.purchase_explained, candidate
        ).explained.model_dump_json()


def test_a_second_time_the_same_is_said_of_each_offer() -> None:
    """Of offers that are explained again, after all others, nothing is said otherwise."""
    case = opened("turku")
    assert list(said(case)) == list(said(case))


@pytest.mark.parametrize("name", ["turku", "melbourne"])
def test_each_offer_is_explained_as_if_it_were_alone(name: str) -> None:
    """What is said of it does not depend on which offers were explained before it."""
    together = opened(name)
    for place, candidate in enumerate(together.table.candidates()):
        among = judge_one(together.setting, together.purchase_explained, candidate).explained
        alone = opened(name)
        by_itself = judge_one(
            alone.setting, alone.purchase_explained, alone.table.candidate(place)
        ).explained
        assert among == by_itself


def test_what_is_remembered_by_identity_stays_in_its_process() -> None:
    """A setting that is sent to another process begins there with no memory."""
    case = opened("turku")
    list(said(case))
    sent = pickle.loads(pickle.dumps(case.setting))
    assert case.setting.said
    assert case.setting.found
    assert not any((sent.said, sent.found, sent.audits, sent.rule_texts))
    assert sent.bound.hash == case.setting.bound.hash


def test_a_setting_made_of_another_remembers_nothing_of_it() -> None:
    """What is said under another command or purchase names that one."""
    case = opened("turku")
    list(said(case))
    origin = replace(case.setting.origin, reproduce="another command")
    other = replace(case.setting, origin=origin)
    offer = next(iter(case.table.candidates()))
    explained = judge_one(other, case.purchase_explained, offer).explained
    assert explained.audit.reproduce == "another command"


@pytest.mark.skipif(not VROD.exists(), reason="the public lists are not beside the repository")
def test_the_order_of_a_real_list_changes_nothing_that_is_said(tmp_path: Path) -> None:
    """Offers that leave the same open are told the same whichever is explained first."""
    rows = pl.read_parquet(VROD).gather_every(40).head(60)
    rows.write_parquet(tmp_path / VROD.name)
    case = open_tender(tmp_path / VROD.name, open_rulebook(), as_of=DAY, city="turku")
    candidates = list(case.table.candidates())

    def explained(order: list[Candidate]) -> dict[str, object]:
        new = replace(case.setting)
        return {c.id: judge_one(new, case.purchase_explained, c).explained for c in order}

    assert explained(candidates) == explained(candidates[::-1])


def test_offers_of_other_ids_are_told_of_their_own() -> None:
    """What is said of an id that no list knows names no other offer of which the same is told."""
    case = opened("turku")
    told = list(case.table.candidates())[:1] * 2
    for number, candidate in enumerate(told):
        name = f"VCS{98700 + number}"
        fact = replace(candidate.fact("id"), value=name)
        renamed = replace(candidate, id=name, facts={**candidate.facts, "id": fact})
        among = judge_one(case.setting, case.purchase_explained, renamed).explained
        new = opened("turku")
        alone = judge_one(new.setting, new.purchase_explained, renamed).explained
        assert among == alone
