"""What was said of one offer serves others, and changes nothing of what is said of them."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from offsetcheck.api.case import Case, open_rulebook, open_tender
from offsetcheck.api.judge import judge_one

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
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


def test_each_offer_is_explained_as_if_it_were_alone() -> None:
    """Its findings do not depend on which offers were explained before it."""
    together = opened("melbourne")
    for place, candidate in enumerate(together.table.candidates()):
        among = judge_one(together.setting, together.purchase_explained, candidate).explained
        alone = opened("melbourne")
        by_itself = judge_one(
            alone.setting, alone.purchase_explained, alone.table.candidate(place)
        ).explained
        assert among.findings == by_itself.findings
        assert among.audit == by_itself.audit


def test_what_is_remembered_by_identity_stays_in_its_process() -> None:
    """A setting that is sent to another process begins there with no memory."""
    case = opened("turku")
    list(said(case))
    sent = pickle.loads(pickle.dumps(case.setting))
    assert case.setting.said
    assert case.setting.found
    assert not any((sent.said, sent.found, sent.searched, sent.audits, sent.rule_texts))
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
