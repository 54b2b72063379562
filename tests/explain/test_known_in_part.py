"""A value that is one of several, as an officer reads it: possible values, and which to ask for."""

from offsetcheck.engine.assess import assess
from offsetcheck.explain.mending import mending
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.whatif import what_if
from offsetcheck.explain.wording import words_in
from offsetcheck.report.render import render
from offsetcheck.vocabulary.evidence import Cause, Fact, with_values
from world import E1, E4, RULEBOOK, bound, cell, explained, made_setting, offer, purchase

CONSENT = with_values(Fact(grade=E4, raw="late or none", source="bid sheet"), ("late", "none"))
OPEN = with_values(Fact(grade=E4, raw="early or late"), ("before_start", "late"))


def line_of(explanation, rule):
    return next(line for line in explanation.findings if line.rule == rule)


def test_the_question_is_which_of_the_possible_values_it_is():
    """What is missing names the possible values by their titles, and asks which of them is right."""
    explanation = explained(offer(community=True, consent=OPEN))
    (missing,) = line_of(explanation, "safeguards.consent").missing
    titles = [bound().dictionary.candidate["consent"].codes[c].title["en"] for c in OPEN.possible]
    assert missing.cause == Cause.SEVERAL_POSSIBLE
    assert list(missing.possible) == titles
    assert missing.question.startswith("Which of these is it")
    assert all(title in missing.question and title in missing.words for title in titles)
    assert missing in explanation.questions


def test_evidence_and_trace_name_the_possible_values():
    """The cell as it stood, the values it leaves possible, and the comparison that they leave open."""
    line = line_of(explained(offer(community=True, consent=OPEN)), "safeguards.consent")
    evidence = next(one for one in line.evidence if one.field == "consent")
    assert evidence.value.startswith("possible: ")
    assert evidence.raw == "early or late"
    assert any("possible: " in trace.words and trace.truth is None for trace in line.trace)


def test_where_all_possible_values_agree_nothing_is_asked():
    """Late or not at all is no consent before the start, whichever it was."""
    line = line_of(explained(offer(community=True, consent=CONSENT)), "safeguards.consent")
    assert (line.outcome, line.missing) == ("fail", ())


def test_a_broader_statement_is_no_contradiction():
    """A list that says less than the offer does not stand among what contradicts it."""
    wide = with_values(Fact(grade=E1, source="list"), ("before_start", "late"))
    agreeing = Fact("before_start", E4, others=(wide,))
    excluding = Fact("none", E4, others=(wide,))
    named = [
        [one.field for one in explained(offer(consent=fact)).contradictions]
        for fact in (agreeing, excluding)
    ]
    assert named == [[], ["consent"]]


def test_only_a_possible_value_is_proposed():
    """What would change the verdict is one of the values that are still possible."""
    candidate = offer(community=cell(True), consent=OPEN)
    assessment = assess(candidate, bound(), purchase())
    context = SentenceContext.of(made_setting(), candidate, assessment.findings)
    found = what_if(context, assessment, mending(assessment, context))
    changes = [found.smallest, *found.alternatives] if found.smallest else []
    consents = [f for change in changes for f in change.fields if f.field == "consent"]
    titles = [bound().dictionary.candidate["consent"].codes[c].title["en"] for c in OPEN.possible]
    assert {field.after for field in consents} <= set(titles)
    assert all(field.before == ", ".join(titles) for field in consents)


def test_every_format_names_the_possible_values():
    """HTML, Markdown, JSON and the terminal show them."""
    explanation = explained(offer(community=True, consent=OPEN))
    words = words_in(RULEBOOK.words, "en")
    for name in ("html", "md", "json", "text"):
        assert "possible: Before start, Late" in render(explanation, name, words).replace("**", "")
