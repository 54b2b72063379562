"""Which letters are written, and why the others are not."""

import pytest

from letters.desk import (
    BOUGHT,
    SAMPLES,
    decision,
    made,
    offers_of,
    rulebook,
    spoiled_sheet,
    tender,
    texts,
    whole,
    with_remedy,
    write_decision,
)
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import InputError, RequestError

AURA = "Aura Climate Brokers (invented)"
RUHR = "Ruhr Methan Handel GmbH (invented)"
JYLLAND = "Jylland Soil Units ApS (invented)"


def kinds(found):
    return {one.letter.letter.value for one in found.written}


def reasons(found, kind):
    return [one.reason for one in found.withheld if one.letter.value == kind]


@pytest.mark.parametrize("sample", SAMPLES)
def test_without_a_decision_there_are_questions_and_a_draft_of_the_report(sample):
    """Before anybody has decided nothing of a decision is written, and the reason is said."""
    found = whole(sample, "clarification")
    assert kinds(found) <= {"clarification", "cure", "report"}
    assert all(one.letter.draft for one in found.written if one.letter.letter == "report")
    for kind in ("award", "refusal", "debrief", "standstill"):
        assert all("decision.yaml" in reason for reason in reasons(found, kind))
        assert reasons(found, kind)


def test_the_report_names_what_is_not_decided_yet_apart(tmp_path):
    """Before a decision only what the rules bar is not bought; after one, what nobody settled."""
    offers = offers_of("turku")
    folder = tender(tmp_path, "turku", stage="clarification")
    [drafted] = made(folder, kinds=["report"]).written
    lots = drafted.letter.report
    assert {lot.outcome for lot in lots.refused} == {"Not eligible"}
    assert {lot.outcome for lot in lots.undecided} > {"Eligible", "Cannot be decided yet"}
    assert (lots.awarded, lots.selected) == ((), ())
    assert len(lots.undecided) + len(lots.refused) == len(offers)
    heading = drafted.letter.headings["undecided"]
    assert heading in made(folder, kinds=["report"], formats=["txt"]).written[0].file.text
    assert heading in drafted.file.text
    write_decision(folder, decision("turku", offers, reasons={}))
    lots = made(folder, kinds=["report"]).written[0].letter.report
    assert {lot.outcome for lot in lots.undecided} == {"Cannot be decided yet"}
    assert all((lots.awarded, lots.selected, lots.refused))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_decision_writes_all_its_letters(sample):
    """With a decision and a text on review each bidder hears the outcome, and nothing is asked."""
    found = whole(sample, "final")
    assert {"award", "refusal", "debrief", "standstill", "report"} == kinds(found)
    awarded = {one.letter.bidder.name for one in found.written if one.letter.letter == "award"}
    refused = {one.letter.bidder.name for one in found.written if one.letter.letter == "refusal"}
    assert not awarded & refused
    assert len(awarded | refused) == len({x.letter.bidder.name for x in found.written
                                          if x.letter.bidder})  # fmt: skip


def test_without_the_citys_own_text_nobody_is_refused(tmp_path):
    """No refusal and no standstill notice is written without a text on review; what to do is said."""
    said = decision("turku", offers_of("turku"))
    found = made(tender(tmp_path, "turku", decided=said), rules=rulebook())
    assert kinds(found) == {"award", "debrief", "report"}
    for kind in ("refusal", "standstill"):
        assert any("cities/turku.yaml" in x and "no default" in x for x in reasons(found, kind))


def test_a_text_on_review_in_another_language_does_not_stand_in(tmp_path):
    """A refusal in a language in which the city has no text on review is not written."""
    said = decision("turku", offers_of("turku"), bidders={RUHR: {"language": "fi"}})
    folder = tender(tmp_path, "turku", decided=said)
    found = made(folder, kinds=["refusal"], sellers=[RUHR])
    assert not found.written
    assert "no text on review and appeal in “fi”" in found.withheld[0].reason
    again = made(folder, rules=with_remedy("fi"), kinds=["refusal"], sellers=[RUHR])
    assert "(fi) 14" in texts(again)[RUHR]


def test_a_plain_text_on_review_serves_in_every_language(tmp_path):
    """A city that writes one text on review has it in letters of any language."""
    from offsetcheck.rulebook.policies.model import CityFile

    own = rulebook().cities["turku"].model_dump(by_alias=True, exclude_unset=True)
    policy = CityFile.model_validate({**own, "remedy": "Appeal within 14 days."})
    from dataclasses import replace

    rules = replace(rulebook(), cities={**rulebook().cities, "turku": policy})
    said = decision("turku", offers_of("turku"))
    folder = tender(tmp_path, "turku", decided=said)
    found = made(folder, rules=rules, kinds=["refusal"], sellers=[RUHR], language="sv")
    assert "Appeal within 14 days." in texts(found)[RUHR]


@pytest.mark.parametrize(
    ("awarded", "message"),
    [
        ({"offer": "VCS902"}, "may not be bought"),
        ({"offer": "ACR1129", "tonnes": 801}, "offers 800 t, and 801 t are bought"),
        ({"offer": "ACR1129", "price": 27.5}, "not the price of the offer"),
    ],
)
def test_an_award_that_the_assessment_bars_is_refused(tmp_path, awarded, message):
    """Buying what is not eligible, too much, or at another price is an error in decision.yaml."""
    said = decision("turku", offers_of("turku"), awarded=[awarded])
    folder = tender(tmp_path, "turku", decided=said)
    with pytest.raises(InputError) as caught:
        made(folder)
    [problem] = caught.value.problems
    assert message in problem.message
    assert problem.place.file == "decision.yaml"
    assert problem.place.line


def test_nothing_is_bought_where_the_purchase_is_not_ready(tmp_path):
    """An award in a purchase that is not ready is an error that says what it lacks."""
    folder = tender(tmp_path, "turku", decided=decision("turku", offers_of("turku")))
    purchase = folder / "purchase.yaml"
    text = purchase.read_text("utf-8").replace("claim: contribution\n", "")
    purchase.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="the purchase is not ready"):
        made(folder)


def test_what_the_rules_leave_open_is_refused_with_the_officers_reason_alone(tmp_path):
    """An undecided offer is not refused before the final stage, nor then without a reason of hers."""
    said = decision("turku", offers_of("turku"))
    folder = tender(tmp_path, "turku", decided=said)
    text = texts(made(folder, kinds=["refusal"], sellers=[JYLLAND]))[JYLLAND]
    assert said["reasons"]["VCS4022"] in text
    del said["reasons"]["VCS4022"]
    write_decision(folder, said)
    found = made(folder, kinds=["refusal"], sellers=[JYLLAND])
    assert not found.written
    assert "VCS4022" in found.withheld[0].reason


def test_an_eligible_offer_is_not_refused_without_a_reason(tmp_path):
    """Where the officer does not say why an eligible offer is not bought, the letter is a draft."""
    said = decision("turku", offers_of("turku"), reasons={})
    folder = tender(tmp_path, "turku", decided=said)
    seller = "Bengal Gas Credits Ltd (invented)"
    [one] = made(folder, kinds=["refusal"], sellers=[seller]).written
    assert "VCS2930" in one.letter.draft[0]
    assert one.name.startswith("draft-")


def test_a_refusal_on_our_own_design_says_first_what_the_city_must_adopt(tmp_path):
    """Where each reason is our design or undecided, the letter is a draft with that on top."""
    said = decision("turku", offers_of("turku"))
    folder = tender(tmp_path, "turku", stage="clarification", decided=said)
    [one] = made(folder, kinds=["refusal"], sellers=[RUHR]).written
    assert "Oldest vintage allowed" in one.letter.draft[0]
    top = one.file.text.splitlines()[1]
    assert "own design" in top


def test_a_decision_that_nobody_signed_makes_drafts(tmp_path):
    """A decision without day, person and reference writes drafts, and questions may still go out."""
    said = decision("turku", offers_of("turku"), by=None, on=None)
    folder = tender(tmp_path, "turku", stage="clarification", decided=said)
    found = made(folder, sellers=[AURA, JYLLAND])
    [award] = [one for one in found.written if one.letter.letter == "award"]
    assert "by, on" in award.letter.draft[0]
    assert "clarification" in kinds(found)


def test_questions_are_asked_at_their_stage_alone(tmp_path):
    """At the stage of a first look nothing is asked, and the reason names both stages."""
    folder = tender(tmp_path, "turku", stage="final")
    found = made(folder, kinds=["clarification"])
    assert not found.written
    assert all("clarification" in one.reason for one in found.withheld)


def test_only_what_may_be_mended_is_asked_for(tmp_path):
    """Each question rests on a rule that may be mended, and none asks for price or tonnes."""
    for sample in SAMPLES:
        found = whole(sample, "clarification")
        rules = {rule.title: rule for rule in found.case.bound.rules.values()}
        asked = [point for one in found.written for lot in one.letter.lots for point in lot.points]
        assert asked
        assert all(rules[point.requirement].curable for point in asked)
        assert not any("price" in point.need.lower() for point in asked)


def test_what_can_be_mended_of_a_refused_offer_is_asked_for(tmp_path):
    """A requirement that is not met and may be mended is the point of a request to mend."""
    folder = tender(tmp_path, "turku", stage="clarification")
    spoiled_sheet(folder / "offers.csv", "ACR1129", title_chain="no")
    evidence = folder / "evidence.yaml"
    text = evidence.read_text("utf-8")
    first = text.index("  - offer: ACR1129")
    spoiled = text[:first] + text[first:].replace("title_chain: true", "title_chain: false", 1)
    evidence.write_text(spoiled, encoding="utf-8")
    found = made(folder, kinds=["cure"])
    [one] = found.written
    assert one.letter.bidder.name == AURA
    assert [point.requirement for point in one.letter.lots[0].points]
    assert "15 October 2026" in one.file.text


def test_in_colombia_no_paper_that_gives_points_is_asked_for(tmp_path):
    """Under the law of Colombia a scale is never asked about."""
    found = whole("bogota", "clarification")
    rules = {rule.title: rule for rule in found.case.bound.rules.values()}
    asked = [point for one in found.written for lot in one.letter.lots for point in lot.points]
    assert asked
    assert all(rules[point.requirement].effect != "score" for point in asked)


def test_who_has_the_same_gap_and_is_not_asked_is_told(tmp_path):
    """Asking one bidder alone tells of the other undecided offers with the same gap."""
    folder = tender(tmp_path, "turku", stage="clarification")
    found = made(folder, kinds=["clarification"], sellers=["Indus Delta Credits Ltd (invented)"])
    assert any("VCS4022" in remark for remark in found.remarks)


def test_two_spellings_of_a_bidder_are_one(tmp_path):
    """Case and spaces in a seller's name make no second bidder, and file names stay apart."""
    tender = tmp_path / "tender"
    tender.mkdir()
    (tender / "purchase.yaml").write_text(
        "title: T\ncity: turku\nstage: clarification\nyear: 2026\n", encoding="utf-8"
    )
    sellers = ("Ä & Co", "A: Co", "../../A", "ä  &  CO", "森", "林")
    rows = [f"VCS{n},P{n},{name},biochar,5\n" for n, name in enumerate(sellers, 1)]
    text = "id,name,seller,project_type,tonnes\n" + "".join(rows)
    (tender / "offers.csv").write_text(text, encoding="utf-8")
    found = made(tender, kinds=["clarification"])
    assert [len(one.letter.lots) for one in found.written] == [2, 1, 1, 1, 1]
    names = [one.name for one in found.written]
    assert len({name.casefold() for name in names}) == 5
    assert not any("/" in name or ".." in name for name in names)
    assert found.remarks == ()


def test_what_is_not_there_is_a_wrong_request(tmp_path):
    """A kind, bidder, form or input that is not there is answered with the nearest or with all."""
    folder = tender(tmp_path, "turku", stage="clarification")
    with pytest.raises(RequestError) as caught:
        made(folder, sellers=["Aura Climate Broker (invented)"])
    assert AURA in caught.value.problems[0].hint
    with pytest.raises(RequestError, match="refusals"):
        made(folder, kinds=["refusals"])
    with pytest.raises(RequestError, match="rtf"):
        made(folder, formats=["rtf"])
    with pytest.raises(RequestError, match="tender folder"):
        made(folder / "offers.csv")


def test_every_kind_has_been_written():
    """The samples between them show every kind of letter but the request to mend."""
    shown = {kind for sample in SAMPLES for stage in ("clarification", "final")
             for kind in kinds(whole(sample, stage))}  # fmt: skip
    assert shown == {kind.value for kind in LetterKind} - {"cure"}
    assert set(BOUGHT) == set(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_report_says_of_each_offer_what_its_bidder_is_told(sample):
    """After a decision the report and the letters name the same outcome for every offer."""
    found = [one.letter for one in whole(sample, "final").written]
    told = {
        lot.id: lot.outcome
        for letter in found
        if letter.letter in {LetterKind.AWARD, LetterKind.REFUSAL}
        for lot in letter.lots
    }
    report = next(letter.report for letter in found if letter.letter is LetterKind.REPORT)
    said = {lot.id: lot.outcome for lot in (*report.awarded, *report.selected, *report.refused)}
    assert report.undecided == ()
    assert told
    assert told == {name: said[name] for name in told}


@pytest.mark.parametrize("price", [None, 28, 25.2])
def test_an_award_in_another_currency_says_both_prices(tmp_path, price):
    """The price asked stays in its currency, and that of the purchase stands beside it."""
    awarded = {"offer": "ACR1129"} if price is None else {"offer": "ACR1129", "price": price}
    said = decision("turku", offers_of("turku"), awarded=[awarded])
    folder = tender(tmp_path, "turku", decided=said)
    offers, purchase = folder / "offers.csv", folder / "purchase.yaml"
    lines = offers.read_text("utf-8").splitlines(keepends=True)
    told = [one.replace(",EUR,", ",USD,") if ",ACR1129," in f",{one}" else one for one in lines]
    assert told != lines
    offers.write_text("".join(told), encoding="utf-8")
    rates = "exchange_rates:\n  USD: {rate: 0.9, on: 2026-09-01, source: ECB reference rate}\n"
    purchase.write_text(purchase.read_text("utf-8") + rates, encoding="utf-8")
    [one] = made(folder, kinds=["award"], sellers=[AURA]).written
    [lot] = [lot for lot in one.letter.lots if lot.awarded]
    assert "28.00" in lot.price
    assert "25.20" in lot.price
    assert lot.price in one.file.text
    assert lot.price.index("28.00") < lot.price.index("25.20")
