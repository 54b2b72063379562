"""No letter tells a bidder what belongs to another."""

import re
import unicodedata

import pytest

from letters.desk import (
    DAY,
    FOLDER,
    SAMPLES,
    decision,
    made,
    offers_of,
    rulebook,
    tender,
    whole,
)
from offsetcheck.api.case import open_tender
from offsetcheck.explain.letters.disclosure import Guard, disclosed, leaks_of
from offsetcheck.vocabulary.problem import InputError

STAGES = ("clarification", "final")
NAMED = ("seller", "name", "id", "developer", "serials")
# What a registry writes for many projects, and a developer called as our own sentences call a claim.
SHARED = {"Multiple Proponents", "Carbon Neutral"}


def plain(text):
    """Return a text without case, kinds of spaces and forms of letters."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def strings_of(candidate):
    """Return every text by which a bidder, his offer, price and papers could be told."""
    found = {candidate.id}
    for name in NAMED:
        fact = candidate.fact(name)
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        found |= {str(value) for value in (*values, fact.raw) if value}
    found |= {fact.document for fact in candidate.facts.values() if fact.document}
    price, currency = candidate.value("price"), candidate.value("currency")
    if price is not None:
        found |= {f"{price:,.2f}", f"{currency} {price:g}", f"{price:g} {currency}"}
    return {plain(text) for text in found - SHARED}


def of_others(sample):
    """Return for each bidder of a sample the texts that are others' and not his."""
    case = open_tender(FOLDER / sample, rulebook(), as_of=DAY)
    by_seller = {}
    for candidate in case.table.candidates():
        by_seller.setdefault(candidate.value("seller"), set()).update(strings_of(candidate))
    return {
        seller: set().union(*(s for other, s in by_seller.items() if other != seller)) - own
        for seller, own in by_seller.items()
    }


def holds(text, part):
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_no_letter_of_a_sample_tells_of_another_bidder(sample, stage):
    """No form of any letter holds a name, id, price, paper or serial number of another bidder."""
    secrets = of_others(sample)
    found = whole(sample, stage)
    to_bidders = [one for one in found.written if one.letter.bidder]
    assert to_bidders
    for one in to_bidders:
        published = {plain(name) for name in one.letter.selected}
        text = plain(one.file.text)
        leaks = [x for x in secrets[one.letter.bidder.name] if holds(text, x)]
        assert set(leaks) <= published, (one.name, leaks)


@pytest.mark.parametrize("sample", SAMPLES)
def test_names_of_winners_are_told_under_eu_law_alone(sample):
    """A losing bidder reads the names of the selected under EU law, and none elsewhere."""
    found = whole(sample, "final")
    losing = [one.letter for one in found.written if one.letter.letter.value == "debrief"]
    assert losing
    for letter in losing:
        assert bool(letter.selected) == (sample == "turku")


def test_each_bidder_gets_one_letter_of_a_kind_with_all_his_lots():
    """Two offers of one seller stand in one letter of each kind."""
    found = whole("turku", "final")
    two = [
        one.letter
        for one in found.written
        if one.file.suffix == "txt" and one.letter.bidder
        and one.letter.bidder.name.startswith("Baumann")
    ]  # fmt: skip
    kinds = [letter.letter for letter in two]
    assert len(kinds) == len(set(kinds)) > 1
    assert all({lot.id for lot in letter.lots} == {"GS12335", "GS12332"} for letter in two)


def test_an_officers_reason_that_names_another_bidder_is_refused(tmp_path):
    """A reason in decision.yaml with another bidder's name or price stops the run and says which."""
    said = decision("turku", offers_of("turku"))
    said["reasons"]["VCS2930"] = "Aura Climate  BROKERS (invented) is better at EUR 28.00."
    folder = tender(tmp_path, "turku", decided=said)
    with pytest.raises(InputError) as caught:
        made(folder, kinds=["refusal"], sellers=["Bengal Gas Credits Ltd (invented)"])
    [problem] = caught.value.problems
    assert "Bengal Gas Credits" in problem.message
    assert "eur 28.00" in problem.hint


def test_what_a_finding_says_of_another_bidder_is_left_out():
    """A finding that speaks of another bidder is cut, what a person wrote is not; she is told."""
    found = whole("turku", "final")
    letters = (x.letter for x in found.written if x.letter.letter == "refusal")
    letter = next(letter for letter in letters if letter.lots[0].reasons)
    reason = letter.lots[0].reasons[0].model_copy(update={"stated": "Also sold by Aura Brokers."})
    lot = letter.lots[0].model_copy(update={"reasons": (reason,), "own_reason": "Aura Brokers"})
    guard = Guard(frozenset({"aura brokers"}))
    cut = disclosed(letter.model_copy(update={"lots": (lot,)}), guard, found.case.setting.wording)
    assert cut.lots[0].reasons[0].stated == "Also sold by [not disclosed]."
    assert cut.lots[0].own_reason == "Aura Brokers"
    assert len(cut.draft) == len(letter.draft) + 1
    assert leaks_of(cut, cut.lots[0].own_reason, guard) == ("aura brokers",)


def test_a_guard_knows_a_name_in_another_case_and_spacing():
    """A name is found whatever its case, spaces and forms of letters, and not within a word."""
    guard = Guard(frozenset({"forest one"}))
    assert guard.leaks("the FOREST\u00a0 One tree") == ("forest one",)
    assert guard.leaks("forest oneness") == ()
    assert guard.without("A Forest\n One.", "X") == "A X."
