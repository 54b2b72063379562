"""At most three things to do about a verdict, and who does each."""

from collections.abc import Iterable, Sequence

from offsetcheck.explain.mending import Mending
from offsetcheck.explain.reason import cause_of, is_held
from offsetcheck.explain.screening import search_is_missing
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.deciding_explanation import DecidingLines
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.explanation import Action
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.finding_explanation import FindingLine, MissingLine, Status
from offsetcheck.vocabulary.purchase import Stage

MAX_ACTIONS = 3


def candidate_actions(
    assessment: Assessment,
    lines: Sequence[FindingLine],
    context: SentenceContext,
    case: Mending,
    *,
    deciding: DecidingLines | None = None,
    asked: int = 0,
) -> tuple[Action, ...]:
    """Return what to do about a candidate; what can be mended only where that would help.

    Of an open offer only what is on its shortest list of answers is asked for, where it has one.
    `asked` is how many questions are asked where it has none: what is said to be asked in all is
    what the list below holds.
    """
    wording = context.wording
    screen = _screen(assessment, context)
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        mended = [line for line in lines if line.rule in case.rules]
        if case.for_good or not mended:
            return (act(Who.OFFICER, "action.refuse", wording),)
        refuse = act(Who.OFFICER, "action.refuse_unless", wording, count=len(mended))
        return (*_mend(mended[: MAX_ACTIONS - 1], context), refuse)
    if assessment.verdict is Verdict.UNDECIDED:
        asking, in_all = _on_the_list(lines, deciding), len(deciding.answers) if deciding else 0
        if not asking:
            asking, in_all = _all_open(assessment, lines, wording), asked
        return _shortened(_answers(asking, context), screen, in_all, wording)
    if assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS:
        return _under_conditions(lines, screen, wording)
    return (*screen, act(Who.OFFICER, "action.sign", wording))


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
        rest = screen or [act(Who.CONDITION, "action.more_conditions", wording, count=len(own) - 1)]
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
        titles = _titles(m for m in line.missing if m.who is Who.OFFICER)
        own = all(m.field.startswith("purchase.") for m in line.missing if m.who is Who.OFFICER)
        key = "action.purchase_fact" if own else "action.table"
        actions.append(act(Who.OFFICER, key, wording, line.rule, title=titles))
    return actions or [act(Who.OFFICER, "action.review", wording, line.rule, title=line.title)]


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
    return " ".join(m.question or m.title for m in line.missing) or line.requires


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
