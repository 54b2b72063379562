"""Every key that code or a template names has words, and no words are there that nothing names.

A key stands in the source whole ("report.page") or as a family with a part left open
(f"verdict.{...}" in code, "who." ~ ... in a template). What may fill that part is told here, from
the closed lists of the code where there is one.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from offsetcheck.api.award_limits import CHOICES
from offsetcheck.api.rulebook_pages import PageKind
from offsetcheck.difference.exchange import NO_RULES
from offsetcheck.difference.meaning.keys import CHANGE_KEYS
from offsetcheck.difference.meaning.model import Topic
from offsetcheck.engine.award.lots import LimitKind
from offsetcheck.engine.award.offers import LAWS, Lacks
from offsetcheck.engine.award.sets import SetKind
from offsetcheck.explain.claims.chosen import LEVELS
from offsetcheck.explain.claims.paragraph import CHANNELS
from offsetcheck.explain.condition_words import ARITHMETIC, OPERATORS
from offsetcheck.explain.letters.report import OFFICER_PARTS
from offsetcheck.explain.questionnaire import CELLS
from offsetcheck.explain.tonnes.order import OrderedBy
from offsetcheck.explain.wording import REVIEWED_BY
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.headings.names import PAPERS
from offsetcheck.report.site.addresses import INDEXES
from offsetcheck.rulebook.binding.bound import IfUnknown
from offsetcheck.rulebook.decisions.words import (
    CONDITION_STANDS,
    EVERY_GATE_CLEAR,
    FLOOR_WORDS,
    GRADE_WORDS,
    STATES,
)
from offsetcheck.rulebook.expression.nodes import FunctionName
from offsetcheck.rulebook.lint import described
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.policies.model import SUBJECTS
from offsetcheck.rulebook.rules.model import LEGAL_STATUS
from offsetcheck.rulebook.texts.english import every_english_text
from offsetcheck.rulebook.texts.keys import PARTLY
from offsetcheck.vocabulary.assessment import ClaimLimit, PurchaseVerdict, Verdict
from offsetcheck.vocabulary.award_terms import Criterion, Group, Lots, Part, PricePoints
from offsetcheck.vocabulary.balance import Because as SinkBecause
from offsetcheck.vocabulary.balance import GateOutcome, SinkGate
from offsetcheck.vocabulary.claim_kind import PLAIN, ClaimKind, Said
from offsetcheck.vocabulary.dictionary import BidderCanChange, FieldType, Subject
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Standing
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.explanation import OfficerWord, StandingShare
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.letter import Heading, LetterKind
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.purchase import Stage
from offsetcheck.vocabulary.questionnaire import FormKind
from offsetcheck.vocabulary.reading import Aside, SheetState
from offsetcheck.vocabulary.sinks import LandCategory, SinkMethod, UseKind
from offsetcheck.vocabulary.tonnes import Origin, Treatment
from offsetcheck.workshop.sources import Basis
from offsetcheck.workshop.sources_explained import CITED_BY
from report.web_words import WEB_FAMILIES, of_its_modules

PACKAGE = Path(__file__).parents[2] / "src" / "offsetcheck"
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_-]+)+")
FILE_ENDINGS = {"css", "html", "jinja", "json", "md", "yaml"}
ADVANTAGES = ("met", "scored", "grade")
LOCALE = "locale"  # of no sentence: how a language writes numbers
AWARD_LIMITS = [
    *(
        "need",
        "weights",
        *(kind for kind in LimitKind if "share" not in kind and kind != "max_tonnes"),
    ),
    *(f"min_share_{part}" for part in Part),
    *(f"max_{amount}_{group}" for amount in ("share", "tonnes") for group in Group),
]
RULED = [kind.value for kind in ClaimKind if kind not in PLAIN]
BALANCED = {"neutrality", "offset", "whole"}
INSTEAD = [kind for kind in [*RULED, "product_claim", "future"] if kind not in BALANCED]
NAMED = [
    *("tonnes", "year", "vintage", "programme", "what"),
    *("beneficiary", "reason", "serials", "day"),
]
HEADS = [
    *("number", "rule", "effect", "criterion", "title", "id", "who", "in_force", "own"),
    *("kind_field", "kind_table", "read_by", "source", "publisher", "rows"),
    *("kind_step", "acts_under"),
]
FAMILIES = {
    "aside.{}": [one.value for one in Aside],
    "change.{}": [
        "adopted",
        "effect",
        "if_unknown",
        "cap",
        "limit",
        "weight",
        "applies_when",
        "levels",
        "evidence",
    ],
    "award.changed.{}": ["comes", "goes"],
    "award.group.{}": [one.value for one in Group],
    "award.how.{}": [one.value for one in SetKind],
    "award.lacks.{}": [one.value for one in Lacks],
    "award.law.{}": list(LAWS),
    "award.limit.{}": AWARD_LIMITS,
    "award.{}.{}": [(name, one) for name in ("lots", "price_points") for one in CHOICES[name]],
    "award.lots.{}": [one.value for one in Lots],
    "award.part.{}": [one.value for one in Part],
    "award.price_points.{}": [*PricePoints, "none"],
    "award.relaxed.{}": [*(one.value for one in LimitKind), "least", "within_others"],
    "award.set.{}": [one.value for one in SetKind],
    "award.set_bar.{}": [one.value for one in SetKind],
    "award.weight.{}": [one.value for one in Criterion],
    "cause.{}": [one.value for one in Cause],
    "web_cities.{}": ["city", "standard"],
    "web_cities.what.{}": [
        "offsetting",
        "scope",
        "floor",
        "effect",
        "if_unknown",
        "applies_when",
        "requires",
        "weight",
        "cap",
    ],
    "web_rule_edit.{}": ["wrong_day", "wrong_standing", "guide_missing", "guide_of_design"],
    "web_rule_edit.came.{}": ["good", "red"],
    "web_rule_edit.place.{}": ["tender", "list", "sample"],
    "web_rule_edit.severity.{}": [one.value for one in Severity],
    "web_rules.{}": ["title", "sources", "fields", "tables", "criteria", "tonnes"],
    "web_rules.{}_lead": ["sources", "fields", "tables", "tonnes"],
    "web_rules.filter.{}": ["dimension", "city", "effect", "standing"],
    "web_rules.head.{}": [
        "source",
        "publisher",
        "edition",
        "standing",
        "cited_by",
        "field",
        "type",
        "unit",
        "read_by",
        "table",
        "rows",
        "step",
        "does",
        "treatments",
    ],
    "web_rules.kind.{}": [one.value for one in PageKind if one is not PageKind.RULE],
    "matching.{}": ["found", "none", "stale", "key_unknown"],
    "claims.about.{}": ["territory", "organisation", "product", "future"],
    "claims.instead.{}": INSTEAD,
    "claims.instead_balance.{}": ["contribution", "offset"],
    "claims.kind.{}": [*RULED, "product_claim", "future"],
    "claims.lacks.{}": ["tonnes", "year", "vintage", "programme", "retired", "no_offset"],
    "claims.level.{}": list(LEVELS),
    "claims.may.{}": ["yes", "less", "open", "no"],
    "claims.name.{}": NAMED,
    "claims.paragraph.contribution.{}": ["one", "many"],
    "claims.paragraph.neutral.{}": list(CHANNELS),
    "claims.paragraph.offset.{}": ["one", "many"],
    "claims.retire_for.{}": LEVELS[:-1],
    "claims.said.{}": [one.value for one in Said],
    "claims.unknown.{}": ["tonnes", "year", "share", "programme"],
    "claims.what.{}": LEVELS[:-1],
    "claim.{}": [one.value for one in ClaimLimit if one is not ClaimLimit.NOT_PERMANENT],
    "compare.{}": ["city", "standard", "one", "any", "all"],
    "consequence.{}": [Effect.GATE.value, Effect.REVIEW.value],
    "drift.{}": ["one", "any", "all"],
    "effect.{}": [one.value for one in Effect],
    "grade.{}": [one.name for one in EvidenceGrade],
    "if_unknown.{}": [one.value for one in IfUnknown],
    "letters.advantage.{}": [f"{what}_{share}" for what in ADVANTAGES for share in ("all", "some")],
    "letters.basis.{}": [one.value for one in Standing],
    "letters.heading.{}": [one.value for one in Heading],
    "letters.part.{}": list(OFFICER_PARTS),
    "letters.title.{}": [one.value for one in LetterKind],
    "law.{}": [word for word in LEGAL_STATUS if word != "in_force"],
    "missing.{}": [one.value for one in Cause],
    "officer.{}": [one.value for one in OfficerWord],
    "outcome.{}": [one.value for one in Outcome],
    "paper.{}": sorted(set(PAPERS.values())),
    "part.{}": ["integrity", "value", "requirements"],
    "questionnaire.cell.{}": list(map(str, CELLS)),
    "questionnaire.hint.{}": [one.value for one in FieldType],
    "questionnaire.how.{}": [one.value for one in FormKind],
    "questionnaire.last.{}": [one.value for one in FormKind],
    "questionnaire.title.{}": [one.value for one in FormKind],
    "questionnaire.unit.{}": [one.value for one in FieldType],
    "questionnaire.what.{}": [one.value for one in FormKind],
    "rules_diff.effect.{}": sorted(NO_RULES),
    "rules_diff.topic.{}": [one.value for one in Topic],
    "rules_diff.what.{}": list(CHANGE_KEYS),
    "sensitivity.what.{}": ["weight", "dimension"],
    "sinks.because.{}": [one.value for one in SinkBecause],
    "sinks.category.{}": [one.value for one in LandCategory],
    "sinks.ended.{}": [one.value for one in GateOutcome],
    "sinks.flow.{}": ["nee", "harvest", "doc"],
    "sinks.formula_of.{}": [one.value for one in SinkMethod],
    "sinks.gate.{}": [one.value for one in SinkGate],
    "sinks.gate_why.{}": [one.value for one in SinkGate],
    "sinks.method.{}": [one.value for one in SinkMethod],
    "sinks.outcome.{}": [one.value for one in GateOutcome],
    "sinks.term.{}": ["emissions", "sinks", "need", "own", "offers", "remains"],
    "sinks.use.{}": [one.value for one in UseKind],
    "review.judgement.{}": ["clear", "fail"],
    "reason.{}": ["on_word", "mended"],
    "reason.{}_short": ["on_word", "mended"],
    "reason.unknowns.{}": [one.value for one in Cause],
    "report.{}": ["tonnes", "price", "claim", "reason"],
    "report.footer.{}": ["rules", "input", "result"],
    "policy.{}": ["permitted", "not_permitted", "community", "organisation"],
    "proof.rule.{}": STATES,
    "proof.{}": [*FLOOR_WORDS, *GRADE_WORDS, EVERY_GATE_CLEAR, CONDITION_STANDS],
    "severity.{}": [one.value for one in Severity],
    "sheet.{}": [one.value for one in SheetState],
    "sources.basis.{}": [one.value for one in Basis],
    "sources.{}": list(CITED_BY.values()),
    "site.arithmetic.{}": list(ARITHMETIC.values()),
    "site.binding.{}": ["law", "guidance"],
    "site.changes_of.{}": [one.value for one in BidderCanChange],
    "site.condition.{}": list(OPERATORS.values()),
    "site.count.{}": list(OPERATORS.values()),
    "site.direction.{}": ["tighter", "looser", "other", "same"],
    "site.for.{}": ["applies_when", "requires"],
    "site.function.{}": list(get_args(FunctionName)),
    "site.head.{}": HEADS,
    "site.index.{}": list(INDEXES),
    "site.index_lead.{}": list(INDEXES),
    "site.kind.{}": ["rule", "city", "standard", "law", "field", "source", "table", "step", "doc"],
    "site.stance.{}": ["adopts", "left_out", "tighter", "looser", "other"],
    "site.standing_of.{}": [one.value for one in Standing],
    "site.status.{}": ["draft", "retired"],
    "site.subject.{}": [one.value for one in Subject],
    "site.then.{}": ["condition", "no_condition"],
    "site.type_of.{}": [one.value for one in FieldType],
    "stage.{}": [one.value for one in Stage],
    "standing.part.{}": [name for name in StandingShare.model_fields if name != "words"],
    "standing.{}": [one.value for one in Standing],
    "status.{}": [one.value for one in Status],
    "subject.{}": list(SUBJECTS),
    "tonnes.chart.short.{}": [one.value for one in Treatment],
    "tonnes.order.by.{}": [one.value for one in OrderedBy],
    "tonnes.order.place.{}": ["shared", "one", "between"],
    "tonnes.origin.{}": [one.value for one in Origin],
    "tonnes.treatment.{}": [one.value for one in Treatment],
    "verdict.{}": [one.value for one in (*Verdict, *PurchaseVerdict)],
    "who.{}": [one.value for one in Who],
    **WEB_FAMILIES,
}


REFUSED = re.compile(r'RefusedError\(\s*\d{3},\s*"([a-z_.]+)"')


@cache
def refusals():
    """Return the keys by which a visit is refused: each has a text beside its heading."""
    texts = [path.read_text("utf-8") for path in (PACKAGE / "web").rglob("*.py")]
    found = {key for text in texts for key in REFUSED.findall(text)}
    return found | set(re.findall(r'"(web\.[a-z_]+)"', (PACKAGE / "web" / "app.py").read_text()))


@cache
def words(language="en"):
    return load_rulebook(bundled("rules")).words[language]


@cache
def rules():
    """Return the ids of all rules, which look like keys."""
    return frozenset(load_rulebook(bundled("rules")).rules)


@cache
def checks():
    """Return the ids of all that `rules check` finds, which look like keys too."""
    return frozenset(one.id for one in described())


@cache
def named_in_code():
    """Return the whole keys and the families that Python files name."""
    groups = {key.partition(".")[0] for key in words()}
    whole, families = set(), set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                first, last = node.value.partition(".")[0], node.value.rpartition(".")[2]
                is_key = KEY.fullmatch(node.value) and node.value not in rules() | checks()
                is_key = is_key and not node.value.endswith("_")  # the first part of an open key
                if is_key and first in groups and last not in FILE_ENDINGS:
                    whole.update(counted(node.value))
            families |= set(families_asked_by(node))
    return whole, families


def counted(key):
    """Return a key, or those for one and for several that stand for it."""
    both = [f"{key}.one", f"{key}.many"]
    return both if key not in words() and words().keys() >= set(both) else [key]


def families_asked_by(node):
    """Yield the open keys that a call of `word` or `say`, or a look into `words`, asks for."""
    asked = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_words = node.func.attr == "get" and ast.unparse(node.func.value) == "words"
        asked = node.args[:1] if of_words or node.func.attr in ("word", "say", "counted") else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
        asked = node.args[1:2]
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("words"):
        asked = [node.slice]
    for key in asked:
        if isinstance(key, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in key.values)
            yield "".join(parts)


@cache
def named_in_templates():
    """Return the whole keys and the families that templates name."""
    groups = {key.partition(".")[0] for key in words()}
    whole, families = set(), set()
    for path in bundled("templates").rglob("*.jinja"):
        text = path.read_text("utf-8")
        families |= {f"{group}{{}}" for group in re.findall(r'words\["([a-z_.]+[._])" ~', text)}
        for key in re.findall(r'"([^"\s]+)"', text):
            last = key.rpartition(".")[2]
            is_key = KEY.fullmatch(key) and not key.endswith("_")
            if is_key and key.partition(".")[0] in groups and last not in FILE_ENDINGS:
                whole.add(key)
    return whole, families


def all_filled():
    """Return every key of a family."""
    filled = (with_parts(key, part) for key, parts in FAMILIES.items() for part in parts)
    return {one for key in filled for one in counted(key)}


def with_parts(key, part):
    """Return a key whose open parts are filled: one by a text, several by several."""
    for one in [part] if isinstance(part, str) else part:
        key = key.replace("{}", one, 1)
    return key


def test_each_family_of_keys_is_told_here_and_used():
    """What fills the open part of a key is known for each family, and no other family is told."""
    found = named_in_code()[1] | named_in_templates()[1]
    told = {one for one in found if not of_its_modules(one) and one != "{}_text"}
    assert told == {one for one in FAMILIES if not of_its_modules(one)}


def test_each_key_has_words():
    """No key is named in code or in a template for which there are no English words."""
    named = named_in_code()[0] | named_in_templates()[0]
    filled = all_filled()
    named |= {f"{key}_text" for key in refusals()}
    assert sorted((named | filled) - words().keys()) == []


def test_all_words_are_used():
    """No English words are there whose key nothing names."""
    named = named_in_code()[0] | named_in_templates()[0]
    filled = all_filled()
    filled |= {f"{key}_text" for key in named if key.startswith("web")}
    unused = words().keys() - named - filled - {LOCALE}
    assert sorted(key for key in unused if not of_its_modules(key)) == []


@pytest.mark.parametrize("language", sorted(load_rulebook(bundled("rules")).words))
def test_a_translation_has_the_keys_and_gaps_of_the_english(language):
    """A translated key is one that there is, and its sentence names in braces what the English does."""
    english = {**words(), **every_english_text(load_rulebook(bundled("rules")))}
    for key, text in words(language).items():
        if key in (PARTLY, REVIEWED_BY, "reviewed.on"):
            continue
        assert key in english, key
        gaps = [set(re.findall(r"\{[^{}]+\}", said)) for said in (text, english[key])]
        assert gaps[0] == gaps[1], key


def test_no_title_of_a_rule_holds_the_marks_that_letters_put_around_it():
    """A title stands within quotation marks in many sentences, and so holds none of its own kind."""
    marks = {"en": "“”", "fi": "”", "sv": "”", "es": "«»", "nl": "“”"}
    rules = load_rulebook(bundled("rules")).rules
    titles = [("en", rule.file.title) for rule in rules.values()]
    for language in sorted(marks.keys() - {"en"}):
        said = words(language)
        keys = [f"rule.{name}.title" for name in rules]
        titles += [(language, said[key]) for key in keys if key in said]
    assert {language for language, _ in titles} == set(marks)
    assert not [text for language, text in titles if any(mark in text for mark in marks[language])]
