"""At most three things to do about a verdict, and who does each."""

from collections.abc import Iterable, Sequence

from offsetcheck.explain.mending import Mending
from offsetcheck.explain.reason import cause_of, is_held
from offsetcheck.explain.screening import search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.deciding_explanation import DecidingLines
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.explanation import Action
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.finding_explanation import FindingLine, MissingLine, Status
from offsetcheck.vocabulary.purchase import Stage

MAX_ACTIONS = 3
TABLE_CAUSES = frozenset({Cause.TABLE_STALE.value, Cause.NO_ROW.value})


def candidate_actions(
    assessment: Assessment,
    lines: Sequence[FindingLine],
    context: SentenceContext,
    case: Mending,
    *,
    deciding: DecidingLines | None = None,
    asked: int = 0,
    adopt: Sequence[str] = (),
) -> tuple[Action, ...]:
    """Return what to do about a candidate; what can be mended only where that would help.

    Of an open offer only what is on its shortest list of answers is asked for, where it has one.
    `asked` is how many questions are asked where it has none: what is said to be asked in all is
    what the list below holds. `adopt` is what the city must adopt first so that a refusal holds.
    """
    wording = context.wording
    screen = _screen(assessment, context)
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        return _refused([x for x in lines if x.rule in case.rules], context, case, adopt)
    if assessment.verdict is Verdict.UNDECIDED:
        asking, in_all = _on_the_list(lines, deciding), len(deciding.answers) if deciding else 0
        if not asking:
            asking, in_all = _all_open(assessment, lines, wording), asked
        return _shortened(_answers(asking, context), screen, in_all, wording)
    if assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS:
        return _under_conditions(lines, screen, wording)
    return (*screen, act(Who.OFFICER, "action.sign", wording))


def _refused(
    mended: Sequence[FindingLine], context: SentenceContext, case: Mending, adopt: Sequence[str]
) -> tuple[Action, ...]:
    """Return what the city adopts first, what can be mended, and the refusal last."""
    wording = context.wording
    said = "; ".join(adopt)
    first = [act(Who.CITY, "action.adopt", wording, list=said)] if adopt else []
    if case.for_good or not mended:
        return (*first, act(Who.OFFICER, "action.refuse", wording))
    refuse = counted_act(Who.OFFICER, "action.refuse_unless", len(mended), wording)
    shown = MAX_ACTIONS - 1 - len(first)
    return (*first, *_mend(mended[:shown], context), refuse)


def _under_conditions(
    lines: Sequence[FindingLine], screen: list[Action], wording: Wording
) -> tuple[Action, ...]:
    """Return conditions in their own words as far as there is room, and the contract last.

    Where nothing but the search is a condition, nothing of it goes into the contract.
    """
    stands = [x for x in lines if x.condition and x.status is not Status.NOT_SCREENED]
    own = [_condition(line, wording) for line in stands]
    if not own:
        return (*screen, act(Who.OFFICER, "action.sign", wording))
    actions = [*own, *screen]
    if len(actions) >= MAX_ACTIONS:
        rest = screen or [
            counted_act(Who.CONDITION, "action.more_conditions", len(own) - 1, wording)
        ]
        actions = [own[0], rest[0]]
    return (*actions, act(Who.OFFICER, "action.contract", wording))


def _condition(line: FindingLine, wording: Wording) -> Action:
    words = wording.word("who.condition")
    return Action(who=Who.CONDITION, who_words=words, text=line.condition or "", rule=line.rule)


def finding_actions(line: FindingLine, context: SentenceContext) -> list[Action]:
    """Return who does what so that one open finding can be settled."""
    wording = context.wording
    if line.effect == Effect.REVIEW.value and line.outcome != Outcome.UNKNOWN.value:
        return [act(Who.OFFICER, "action.review", wording, line.rule, title=line.title)]
    who = {missing.who for missing in line.missing}
    actions = []
    if Who.SELLER in who:
        actions.append(_send(line, context))
    if Who.CITY in who:
        titles = _titles(m for m in line.missing if m.who is Who.CITY)
        actions.append(act(Who.CITY, "action.decide", wording, line.rule, list=titles))
    if Who.OFFICER in who:
        actions += _of_officer(line, wording)
    return actions or [act(Who.OFFICER, "action.review", wording, line.rule, title=line.title)]


def _of_officer(line: FindingLine, wording: Wording) -> list[Action]:
    """Return what the officer states, looks up, or brings up to date in a table."""
    own = [missing for missing in line.missing if missing.who is Who.OFFICER]
    stated = [m for m in own if m.field.startswith("purchase.")]
    tables = [m for m in own if m.cause in TABLE_CAUSES and m not in stated]
    asked = [m for m in own if m not in stated and m not in tables]
    actions = [_look_up(missing, line.rule, wording) for missing in asked]
    for key, some in (("action.purchase_fact", stated), ("action.table", tables)):
        if some:
            actions.append(act(Who.OFFICER, key, wording, line.rule, title=_titles(some)))
    return actions


def _look_up(missing: MissingLine, rule: str, wording: Wording) -> Action:
    """Return what the officer looks up himself: no bidder answers it."""
    papers = wording.joined(list(missing.documents)) if missing.documents else ""
    key = "action.look_up_documents" if papers else "action.look_up"
    asked = missing.question or wording.word("action.state", title=missing.title)
    return act(Who.OFFICER, key, wording, rule, question=asked, documents=papers)


def purchase_actions(lines: Sequence[FindingLine], context: SentenceContext) -> tuple[Action, ...]:
    """Return what to do before the purchase is ready."""
    actions = []
    for line in lines:
        if is_held(line):
            actions += _mend_purchase(line, context)
    return tuple(actions[:MAX_ACTIONS])


def act(who: Who, key: str, wording: Wording, rule: str | None = None, **values: object) -> Action:
    """Return one thing to do in the words of a key."""
    return Action(
        who=who,
        who_words=wording.word(f"who.{who.value}"),
        text=wording.word(key, **values),
        rule=rule,
    )


def counted_act(who: Who, key: str, count: int, wording: Wording) -> Action:
    """Return one thing to do about one or several points."""
    words = wording.word(f"who.{who.value}")
    return Action(who=who, who_words=words, text=wording.counted(key, count))


def _on_the_list(lines: Sequence[FindingLine], deciding: DecidingLines | None) -> list[FindingLine]:
    """Return for each answer of the shortest list the first finding that asks for it."""
    asked: dict[str, FindingLine] = {}
    for answer in deciding.answers if deciding else ():
        asking = (x for x in lines if x.rule == answer.name or _misses(x, answer.name))
        line = next(asking, None)
        if line is not None and line.status is not Status.NOT_SCREENED:
            asked.setdefault(line.rule, line)
    return list(asked.values())


def _misses(line: FindingLine, field: str) -> bool:
    return any(missing.field == field for missing in line.missing)


def _all_open(
    assessment: Assessment, lines: Sequence[FindingLine], wording: Wording
) -> list[FindingLine]:
    """Return what holds the verdict up, and what keeps the grade open below the floor."""
    held = [x for x in lines if is_held(x) and x.effect in (Effect.GATE, Effect.REVIEW)]
    held = [x for x in held if x.status is not Status.NOT_SCREENED]
    if assessment.integrity.lower < wording.bound.scheme.cut(wording.bound.city.floor):
        held += [x for x in lines if x.decides and x.missing and x not in held]
    return held


def _answers(lines: Sequence[FindingLine], context: SentenceContext) -> list[Action]:
    actions = [action for line in lines for action in finding_actions(line, context)]
    # Two rules may ask for the same paper: it is asked for once.
    return list({(action.who, action.text): action for action in actions}.values())


def _shortened(
    actions: list[Action], screen: list[Action], in_all: int, wording: Wording
) -> tuple[Action, ...]:
    actions = [*screen, *actions]
    if len(actions) <= MAX_ACTIONS and len(actions) >= in_all:
        return tuple(actions)
    shown = actions[: MAX_ACTIONS - 1]
    return (*shown, act(Who.OFFICER, "action.more", wording, count=in_all))


def _send(line: FindingLine, context: SentenceContext) -> Action:
    wording = context.wording
    ask = ask_words(line, context)
    documents = wording.joined(list(line.documents)) if line.documents else ""
    key = "action.send_documents" if documents else "action.send"
    text = wording.word(key, ask=ask, documents=documents) + _deadline(context)
    return Action(who=Who.SELLER, who_words=wording.word("who.seller"), text=text, rule=line.rule)


def ask_words(line: FindingLine, context: SentenceContext) -> str:
    """Return the rule's request to the seller, else the questions of the missing fields."""
    rule = context.setting.bound.rules[line.rule]
    says, _ = context.wording.says(rule)
    if says.ask:
        return context.sentence_with_gaps(says.ask, rule)
    asked = (
        m.question or context.wording.word("action.state", title=m.title) for m in line.missing
    )
    return " ".join(asked) or line.requires


def _deadline(context: SentenceContext) -> str:
    purchase = context.setting.purchase
    if purchase.stage is not Stage.CLARIFICATION or purchase.deadline is None:
        return ""
    day = context.wording.day(purchase.deadline)
    return context.wording.word("action.deadline", deadline=day)


def _mend(lines: Sequence[FindingLine], context: SentenceContext) -> tuple[Action, ...]:
    wording = context.wording
    return tuple(
        act(
            Who.SELLER,
            "action.mend",
            wording,
            line.rule,
            fails=cause_of(line),
            ask=ask_words(line, context) + _deadline(context),
        )
        for line in lines
    )


def _mend_purchase(line: FindingLine, context: SentenceContext) -> list[Action]:
    if line.status is Status.OPEN or line.missing:
        return finding_actions(line, context)
    return [
        act(Who.OFFICER, "action.send", context.wording, line.rule, ask=ask_words(line, context))
    ]


def _screen(assessment: Assessment, context: SentenceContext) -> list[Action]:
    if not search_is_missing(assessment, context):
        return []
    return [act(Who.OFFICER, "action.screen", context.wording)]


def _titles(missing: Iterable[MissingLine]) -> str:
    return ", ".join(line.title for line in missing)
