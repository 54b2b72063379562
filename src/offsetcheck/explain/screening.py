"""Who looked for adverse events, what of it still counts, and what nobody has looked for.

Of the rules that hold nothing while their answer is not known, those that read a table of events
wait for a search. The others only read what is at hand, such as a ledger: no search answers them.
"""

from collections.abc import Iterable, Iterator

from offsetcheck.engine.knowledge import screening_counts
from offsetcheck.engine.state import is_screen
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.explanation import Reason
from offsetcheck.vocabulary.purchase import Screening


def screening_lines(setting: Setting) -> tuple[str, ...]:
    """Return each search that was entered, why it may not count, and for how long one counts."""
    return (*(_line(entry, setting) for entry in setting.purchase.screenings), *_term(setting))


def is_search(rule: BoundRule) -> bool:
    """Whether a rule asks a table of events whose silence shows nothing until somebody looks."""
    nodes = (node for tree in rule.expressions() for node in walk(tree))
    return is_screen(rule) and any(
        isinstance(node, Lookup) and node.collect and node.absent is None for node in nodes
    )


def looked_for(assessment: Assessment, setting: Setting) -> tuple[str, ...]:
    """Return the rules that look for an adverse event and have no answer."""
    rules = setting.bound.rules
    return tuple(rule for rule in assessment.unscreened if is_search(rules[rule]))


def term_words(bound: BoundRulebook, wording: Wording) -> str | None:
    """Return for how long a search counts, who says so and on what standing; None: for ever."""
    term = bound.screening
    if term is None:
        return None
    standing = wording.word(f"standing.{term.source.standing.value}")
    return wording.word(
        "screening.term", days=term.days, layer=wording.layer(term.layer), standing=standing
    )


def search_is_missing(assessment: Assessment, context: SentenceContext) -> bool:
    """Whether something is looked for and no search that counts covers the offer."""
    return bool(looked_for(assessment, context.setting)) and not context.searched


def unscreened_reason(assessment: Assessment, context: SentenceContext) -> Reason:
    """Return, as a reason, what nobody has looked for and which search has become too old.

    What is still not known once somebody has looked is named, and asks for no further search.
    """
    wording = context.wording
    sought = looked_for(assessment, context.setting)
    titles = "; ".join(wording.rule_title(wording.bound.rules[rule]) for rule in sought)
    if not search_is_missing(assessment, context):
        text = wording.word("reason.not_found_out", list=titles)
        return Reason(text=text, short=text)
    text = wording.counted("reason.unscreened", len(sought), list=titles)
    lapsed = _lapsed(context)
    return Reason(
        text=text + "".join(_lapsed_words(lapsed, context.setting)),
        short=wording.word("reason.unscreened_short"),
    )


def _lapsed(context: SentenceContext) -> list[Screening]:
    """Return the newest search of an offer where it is too old; none where one counts."""
    setting, offer = context.setting, context.candidate
    day, days = setting.bound.as_of, setting.bound.screening_days
    own = [
        entry
        for entry in setting.purchase.screenings
        if entry.on <= day and entry.covers(offer.id, recognised=offer.is_recognised)
    ]
    if any(screening_counts(entry, day, days) for entry in own):
        return []
    return sorted(own, key=lambda entry: entry.on)[-1:]


def _lapsed_words(lapsed: Iterable[Screening], setting: Setting) -> Iterator[str]:
    for entry in lapsed:
        on, days = setting.wording.day(entry.on), setting.bound.screening_days
        yield setting.wording.word("reason.lapsed", on=on, by=entry.by, days=days)


def _line(entry: Screening, setting: Setting) -> str:
    wording, day, days = setting.wording, setting.bound.as_of, setting.bound.screening_days
    sources = wording.joined(list(entry.sources))
    words = wording.word("screening.words", by=entry.by, on=wording.day(entry.on), sources=sources)
    if entry.on > day:
        return wording.word("screening.later", words=words)
    if not screening_counts(entry, day, days):
        return wording.word("screening.lapsed", words=words, days=days)
    return words


def _term(setting: Setting) -> Iterator[str]:
    said = term_words(setting.bound, setting.wording)
    if said is not None and setting.purchase.screenings:
        yield said
