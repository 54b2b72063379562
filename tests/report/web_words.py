"""What fills the open part of the keys of words that pages of the web app name."""

import ast
import re
from functools import cache
from pathlib import Path

from offsetcheck.api.answers import Oddness
from offsetcheck.api.award_limits import CHOICES
from offsetcheck.api.incoming import Taken
from offsetcheck.api.result_file import page_formats, result_formats
from offsetcheck.api.samples import sample_tenders
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.questionnaire import RulesOfForm
from offsetcheck.web.offers_shown.chosen import FILTERS, SORTS
from offsetcheck.web.pages import decision, letters, offer
from offsetcheck.web.pages import help as help_page
from offsetcheck.web.register.interest import DECLARED
from offsetcheck.web.register.last import OLDER
from offsetcheck.web.register.second import DONE, SIGNED
from offsetcheck.web.routes import routes

WEB = Path(__file__).parents[2] / "src" / "offsetcheck" / "web"
NOTES = ["confirmed", "found", "reviews", "screenings"]
ACTS = sorted({one.act for one in routes() if one.act} | {DECLARED, DONE, OLDER, SIGNED})
ODD = [one.value for one in Oddness if one not in (Oddness.PLAIN, Oddness.UNSTATED)]
UNNAMED_LIMITS = ["compare_on", "price_points"]
"""Limits that no report has words of."""

WEB_FAMILIES = {
    "web_acts.{}": ACTS,
    "web_answers.need_{}": ["kind", "by", "value", "source", "document"],
    "web_answers.odd_{}": ODD,
    "web_award.limit_{}": UNNAMED_LIMITS,
    "web_award.{}_{}": [("compare_on", one) for one in CHOICES["compare_on"]],
    "web_compare.of_{}": ["offers", "cities", "days"],
    "web_decision.contact_{}": ["name", "email", "phone", "hours"],
    "web_decision.lacks_{}": ["reference", "by"],
    "web_decision.take_{}": list(decision.TAKES),
    "web_decision.{}": ["reference", "by", "minute", "standstill_ends", "contact"],
    "web_evidence.is_{}": NOTES,
    "web_evidence.need_{}": ["rule_offer", "judgement", "reason", "role", "reviewer"],
    "web_evidence.paper_{}": ["gone", "same", "changed"],
    "web_evidence.who_{}": [one.value for one in Who],
    "web_evidence.{}": ["clear", "fail"],
    "web_form.step.{}": ["one", "two", "three", "four"],
    "web_help.does_{}": ["judges", "explains", "writes", "folders"],
    "web_help.link.{}": list(help_page.LINKS),
    "web_help.not_{}": ["decide", "know", "law", "send"],
    "web_help.step.{}": list(help_page.STEPS),
    "web_letters.format_{}": list(letters.MEDIA),
    "web_offer.form_{}": list(page_formats()),
    "web_offer.to_{}": list(offer.LINKS),
    "web_offers.is_{}": ["offers", "paper"],
    "web_offers.rules_{}": [one.value for one in RulesOfForm],
    "web_offers.taken_{}": [one.value for one in Taken],
    "web_offers.use_{}": ["", *(one.value for one in (Taken.RECORD, Taken.OFFERS, Taken.PAPER))],
    "web_offers.{}": [one.value for one in Severity],
    "web_tenders.head.{}": ["tender", "city", "stage", "deadline", "offers"],
    "web_tenders.sample.{}": list(sample_tenders()),
    "web_tender.head.{}": ["file", "what", "size", "changed"],
    "web_verdicts.column_{}": list(SORTS),
    "web_verdicts.filter_{}": [one for one in FILTERS if one != "text"],
    "web_verdicts.form_{}": list(result_formats()),
}

MODULES = {"web_purchase": "purchase", "web_tender": "tender"}
"""Pages whose modules name their keys without the first part."""
PARTED = re.compile(r"web_purchase\.(award|part|table)\.")
"""Keys made of the names of a purchase's own keys and of parts of its page."""


def of_its_modules(key):
    """Whether a key is one of a page whose own modules name it without its first part."""
    group, _, own = key.partition(".")
    if group not in MODULES or "{}" in own:
        return group in MODULES
    said = constants(MODULES[group])
    short = re.sub(r"\.(one|many)$|_(done|now|later)$", "", own)
    return bool(PARTED.match(key)) or not said.isdisjoint({own, short, own.rpartition(".")[2]})


@cache
def constants(name):
    """Return the texts that the modules of a page hold."""
    paths = [*(WEB / name).rglob("*.py"), WEB / "pages" / f"{name}.py"]
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    said = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return frozenset(said | {text.partition(".")[0].lower() for text in said})  # names of files
