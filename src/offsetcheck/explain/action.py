"""At most three things to do about a verdict, and who does each."""

from collections.abc import Iterable, Sequence

from offsetcheck.explain.reading import Reading
from offsetcheck.explain.reason import is_held
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.explanation import Action, FindingLine, MissingLine, Status, Who
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.purchase import Stage

MOST = 3


def candidate_actions(
    assessment: Assessment,
    lines: Sequence[FindingLine],
    reading: Reading,
) -> tuple[Action, ...]:
    """Return what to do about a candidate."""
    wording = reading.wording
    screen = _screen(assessment.unscreened, wording)
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        mended = [line for line in lines if _may_be_mended(line, reading)]
        return (act(Who.OFFICER, "action.refuse", wording), *_mend(mended[: MOST - 1], reading))
    if assessment.verdict is Verdict.UNDECIDED:
        return _shortened(_answers(assessment, lines, reading), screen, wording)
    if assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS:
        contract = act(Who.OFFICER, "action.contract", wording)
        return (*_conditions(lines, screen, wording), contract)
    return (*screen, act(Who.OFFICER, "action.sign", wording))


def _conditions(
    lines: Sequence[FindingLine], screen: list[Action], wording: Wording
) -> list[Action]:
    """Return two things to do: conditions in their own words as far as there is room."""
    own = [_condition(line, wording) for line in lines if line.condition]
    actions = [*own, *screen]
    if len(actions) < MOST:
        return actions
    rest = screen or [act(Who.CONDITION, "action.more_conditions", wording, count=len(own) - 1)]
    return [own[0], rest[0]]


def _condition(line: FindingLine, wording: Wording) -> Action:
    words = wording.word("who.condition")
    return Action(who=Who.CONDITION, who_words=words, text=line.condition or "", rule=line.rule)


def finding_actions(line: FindingLine, reading: Reading) -> list[Action]:
    """Return who does what so that one open finding can be settled."""
    wording = reading.wording
    if line.effect == Effect.REVIEW.value and line.outcome != Outcome.UNKNOWN.value:
        return [act(Who.OFFICER, "action.review", wording, line.rule, title=line.title)]
    who = {missing.who for missing in line.missing}
    actions = []
    if Who.SELLER in who:
        actions.append(_send(line, reading))
    if Who.CITY in who:
        titles = _titles(m for m in line.missing if m.who is Who.CITY)
        actions.append(act(Who.CITY, "action.decide", wording, line.rule, list=titles))
    if Who.OFFICER in who:
        titles = _titles(m for m in line.missing if m.who is Who.OFFICER)
        own = all(m.field.startswith("purchase.") for m in line.missing if m.who is Who.OFFICER)
        key = "action.purchase_fact" if own else "action.table"
        actions.append(act(Who.OFFICER, key, wording, line.rule, title=titles))
    return actions or [act(Who.OFFICER, "action.review", wording, line.rule, title=line.title)]


def purchase_actions(lines: Sequence[FindingLine], reading: Reading) -> tuple[Action, ...]:
    """Return what to do before the purchase is ready."""
    actions = []
    for line in lines:
        if is_held(line):
            actions += _mend_purchase(line, reading)
    return tuple(actions[:MOST])


def act(who: Who, key: str, wording: Wording, rule: str | None = None, **values: object) -> Action:
    """Return one thing to do in the words of a key."""
    return Action(
        who=who,
        who_words=wording.word(f"who.{who.value}"),
        text=wording.word(key, **values),
        rule=rule,
    )


def _answers(
    assessment: Assessment, lines: Sequence[FindingLine], reading: Reading
) -> list[Action]:
    held = [x for x in lines if is_held(x) and x.effect in (Effect.GATE, Effect.REVIEW)]
    cut = reading.wording.bound.scheme.cut(reading.wording.bound.city.floor)
    if assessment.integrity.lower < cut:
        held += [x for x in lines if x.decides and x.missing and x not in held]
    actions = [action for line in held for action in finding_actions(line, reading)]
    # Two rules may ask for the same paper: it is asked for once.
    return list({(action.who, action.text): action for action in actions}.values())


def _shortened(actions: list[Action], screen: list[Action], wording: Wording) -> tuple[Action, ...]:
    actions = [*actions, *screen]
    if len(actions) <= MOST:
        return tuple(actions)
    shown = actions[: MOST - 1]
    more = act(Who.OFFICER, "action.more", wording, count=len(actions) - len(shown))
    return (*shown, more)


def _send(line: FindingLine, reading: Reading) -> Action:
    wording = reading.wording
    ask = ask_words(line, reading)
    documents = wording.joined(list(line.documents)) if line.documents else ""
    key = "action.send_documents" if documents else "action.send"
    text = wording.word(key, ask=ask, documents=documents) + _deadline(reading)
    return Action(who=Who.SELLER, who_words=wording.word("who.seller"), text=text, rule=line.rule)


def ask_words(line: FindingLine, reading: Reading) -> str:
    """Return the rule's request to the seller, else the questions of the missing fields."""
    rule = reading.setting.bound.rules[line.rule]
    says, _ = reading.wording.says(rule)
    if says.ask:
        return reading.sentence_with_gaps(says.ask, rule)
    return " ".join(m.question or m.title for m in line.missing) or line.requires


def _deadline(reading: Reading) -> str:
    purchase = reading.setting.purchase
    if purchase.stage is not Stage.CLARIFICATION or purchase.deadline is None:
        return ""
    day = reading.wording.day(purchase.deadline)
    return reading.wording.word("action.deadline", deadline=day)


def _may_be_mended(line: FindingLine, reading: Reading) -> bool:
    final = reading.setting.purchase.stage is Stage.FINAL
    failed = line.state == State.FAIL.value and line.effect == Effect.GATE.value
    return failed and line.curable and not final


def _mend(lines: Sequence[FindingLine], reading: Reading) -> tuple[Action, ...]:
    wording = reading.wording
    return tuple(
        act(
            Who.SELLER,
            "action.mend",
            wording,
            line.rule,
            title=line.title.rstrip("."),
            ask=ask_words(line, reading) + _deadline(reading),
        )
        for line in lines
    )


def _mend_purchase(line: FindingLine, reading: Reading) -> list[Action]:
    if line.status is Status.OPEN or line.missing:
        return finding_actions(line, reading)
    return [
        act(Who.OFFICER, "action.send", reading.wording, line.rule, ask=ask_words(line, reading))
    ]


def _screen(unscreened: Sequence[str], wording: Wording) -> list[Action]:
    if not unscreened:
        return []
    titles = "; ".join(wording.bound.rules[rule].title for rule in unscreened)
    return [act(Who.OFFICER, "action.screen", wording, list=titles)]


def _titles(missing: Iterable[MissingLine]) -> str:
    return ", ".join(line.title for line in missing)
