"""The purchase explained: its own verdict, once, on the first page."""

from offsetcheck.engine.knowledge import PURCHASE, known_by
from offsetcheck.explain.action import purchase_actions
from offsetcheck.explain.audit import audit
from offsetcheck.explain.claim import purchase_claim
from offsetcheck.explain.deciding import applying, deciding_purchase_rules
from offsetcheck.explain.finding import finding_line, sort_key
from offsetcheck.explain.proof import proof_lines
from offsetcheck.explain.reason import finding_reason, is_held, purchase_reasons
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import standing_share, undecided_lines
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.assessment import PurchaseAssessment, PurchaseVerdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import PurchaseExplanation, VerdictLine
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.finding_explanation import FindingLine

IN_HEADING = frozenset({"title", "city", "stage"})


def explain_purchase(setting: Setting, assessment: PurchaseAssessment) -> PurchaseExplanation:
    """Return the purchase's verdict with its reasons, findings and proof."""
    bound, wording = setting.bound, setting.wording
    context = SentenceContext.of(setting, Candidate("purchase", {}), assessment.findings)
    decides = deciding_purchase_rules(assessment, bound)
    lines = sorted(
        (finding_line(f, bound.rules[f.rule], context, decides) for f in assessment.findings),
        key=sort_key,
    )
    verdict = assessment.verdict.value
    return PurchaseExplanation(
        language=wording.language,
        city=wording.city(),
        title=purchase_title(setting),
        facts=purchase_facts(setting),
        verdict=VerdictLine(
            verdict=verdict,
            words=wording.word(f"verdict.{verdict}"),
            officer=None,
            officer_words=None,
            stamp=stamp(assessment, tuple(lines), setting),
        ),
        claim=purchase_claim(setting, assessment),
        reasons=purchase_reasons(assessment, lines, wording),
        actions=purchase_actions(lines, context),
        findings=tuple(lines),
        standing=standing_share(assessment.findings, decides, wording),
        undecided=undecided_lines(bound, wording, applying(assessment.findings)),
        proof=proof_lines(assessment.proof, wording),
        audit=audit(setting, assessment.findings, assessment.result_hash),
    )


def stamp(
    assessment: PurchaseAssessment, lines: tuple[FindingLine, ...], setting: Setting
) -> str | None:
    """Return what bars an award of any offer: what the purchase still lacks."""
    effects = {
        PurchaseVerdict.NOT_READY: ("stamp.not_ready", Effect.GATE.value),
        PurchaseVerdict.READY_FOR_CONTRIBUTION: ("stamp.contribution", Effect.CLAIM_LIMIT.value),
    }
    if assessment.verdict not in effects:
        return None
    key, effect = effects[assessment.verdict]
    held = [x for x in lines if is_held(x) and x.effect == effect]
    causes = [finding_reason(x, setting.wording).short.rstrip(".") for x in held]
    return setting.wording.word(key, list="; ".join(causes) or setting.wording.word("list.none"))


def purchase_title(setting: Setting) -> str:
    """Return the title of the purchase, or a plain one with the city's name."""
    title, wording = setting.purchase.title, setting.wording
    return shorten_and_encode(title) if title else wording.word("tender.title", city=wording.city())


def purchase_facts(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Return what was known of the purchase on the day, in the order of the dictionary.

    Its title, city and stage stand in the heading of a page, and are not said twice.
    """
    wording, day = setting.wording, setting.bound.as_of
    facts = known_by(setting.purchase.facts, day)
    currency = facts["currency"].value if "currency" in facts else None
    stated = (
        (wording.title(f"{PURCHASE}{name}"), name, value)
        for name in setting.bound.dictionary.purchase
        if name in facts and name not in IN_HEADING and (value := facts[name].value) is not None
    )
    unit = currency if isinstance(currency, str) else None
    return tuple(
        (title, wording.value(f"{PURCHASE}{name}", value, unit)) for title, name, value in stated
    )
