"""The points on which profiles differ, grouped by what they ask and what came out."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from offsetcheck.difference.city_positions import names_of, rule_position, who_words
from offsetcheck.difference.exchange import FLOOR, TurningRules
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.explain.finding import effect_rank
from offsetcheck.vocabulary.comparison import (
    DifferenceLine,
    PositionLine,
    SharedLine,
    UnaskedLine,
)
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status

CLAIM = "claim"
NAMED = (Status.NOT_MET, Status.NOT_DEMONSTRATED, Status.NEEDS_PERSON, Status.OPEN)


def differences(
    profiles: Sequence[Profile], causes: Mapping[str, TurningRules], speech: Speech
) -> tuple[DifferenceLine, ...]:
    """Return the rules, the floor and the claim that come out differently, the weightiest first."""
    turned = _turned(causes)
    rules = [rule for rule in _rules(profiles) if _results(rule, profiles)]
    lines = [_rule_line(rule, profiles, turned.get(rule, ()), speech) for rule in rules]
    lines.sort(key=lambda line: (-len(line.turns), effect_rank(line.effect or "note")))
    apart = [_floor_line(profiles, turned.get(FLOOR, ()), speech), _claim_line(profiles, speech)]
    return (*lines, *(line for line in apart if len(line.positions) > 1))


def is_unasked(line: DifferenceLine) -> bool:
    """Whether the one difference is that a few profiles do not ask what the others do."""
    few, *others = line.positions
    asked = len(others) == 1 and others[0].status is not None
    fewer = asked and len(few.profiles) < len(others[0].profiles)
    return fewer and line.effect is not None and few.status is None and not line.turns


def unasked(lines: Iterable[DifferenceLine], speech: Speech) -> tuple[UnaskedLine, ...]:
    """Return the differences of `is_unasked` by the profiles that do not ask.

    Each point is the title of a rule, with the reason where the profile gives one.
    """
    points: dict[PositionLine, list[str]] = {}
    for line in lines:
        few = line.positions[0]
        points.setdefault(few.model_copy(update={"words": ""}), []).append(_point(line, speech))
    return tuple(
        UnaskedLine(profiles=few.profiles, who=few.who, points=tuple(some))
        for few, some in points.items()
    )


def _point(line: DifferenceLine, speech: Speech) -> str:
    words = line.positions[0].words
    absent = speech.say("compare.absent")
    reason = "" if words == absent else words.removeprefix(absent).lstrip(": ")
    return f"{line.title} ({reason})" if reason else line.title


def asked_differently(profiles: Sequence[Profile], speech: Speech) -> tuple[DifferenceLine, ...]:
    """Return the rules that ask for different things and come out alike for this offer."""
    rules = [r for r in _rules(profiles) if not _results(r, profiles) and _askings(r, profiles)]
    return tuple(_rule_line(rule, profiles, (), speech) for rule in rules)


def shared(profiles: Sequence[Profile], speech: Speech) -> tuple[SharedLine, ...]:
    """Return by status the rules that ask and come out alike everywhere."""
    same = [r for r in _rules(profiles) if not _results(r, profiles) and not _askings(r, profiles)]
    lines = [_known(rule, profiles) for rule in same]
    # What nobody has looked for is apart from what only a list or ledger could tell.
    groups = [(s, words) for s in Status for words in dict.fromkeys(_words(s, lines, speech))]
    return tuple(
        _shared(s, words, [x for x in lines if x.status is s and _word(x, speech) == words])
        for s, words in groups
    )


def _words(status: Status, lines: Sequence[FindingLine], speech: Speech) -> Iterator[str]:
    yield from (_word(line, speech) for line in lines if line.status is status)


def _word(line: FindingLine, speech: Speech) -> str:
    """Return what a status is called, without a score."""
    if line.status is Status.NOT_SCREENED:
        return line.status_words
    return speech.say(f"status.{line.status.value}")


def _shared(status: Status, words: str, lines: Sequence[FindingLine]) -> SharedLine:
    titles = tuple(line.title.rstrip(".") for line in lines) if status in NAMED else ()
    return SharedLine(status=status.value, words=words, count=len(lines), titles=titles)


def _turned(causes: Mapping[str, TurningRules]) -> dict[str, tuple[str, ...]]:
    """Return for each topic the profiles whose verdict it turns."""
    turned: dict[str, tuple[str, ...]] = {}
    for profile, cause in causes.items():
        for topic in cause.topics:
            turned[topic] = (*turned.get(topic, ()), profile)
    return turned


def _rules(profiles: Sequence[Profile]) -> tuple[str, ...]:
    lines = (
        line.rule
        for profile in profiles
        for line in (*profile.purchase.findings, *profile.explained.findings)
    )
    return tuple(dict.fromkeys(lines))


def _known(rule: str, profiles: Sequence[Profile]) -> FindingLine:
    return next(line for line in (p.line(rule) for p in profiles) if line is not None)


def _result(line: FindingLine | None) -> Hashable:
    """Return what a rule holds against the offer or gives it; what is met does neither."""
    if line is None or line.status is Status.NOT_APPLICABLE:
        return None
    if line.status is Status.MET and line.condition is None:
        return None
    effect = None if line.status is Status.SCORED else line.effect
    return effect, line.status, line.lower, line.upper, line.condition is None


def _results(rule: str, profiles: Sequence[Profile]) -> bool:
    return len({_result(profile.line(rule)) for profile in profiles}) > 1


def _asking(line: FindingLine | None) -> Hashable:
    return (line.requires, line.effect) if line is not None else None


def _askings(rule: str, profiles: Sequence[Profile]) -> bool:
    """Whether a rule that applies anywhere is asked in several ways, or by some alone."""
    lines = [profile.line(rule) for profile in profiles]
    if all(line is None or line.status is Status.NOT_APPLICABLE for line in lines):
        return False
    return len(set(map(_asking, lines))) > 1


def _rule_line(
    rule: str, profiles: Sequence[Profile], turns: tuple[str, ...], speech: Speech
) -> DifferenceLine:
    known = _known(rule, profiles)

    def key(profile: Profile) -> Hashable:
        line = profile.line(rule)
        return line and line.status, _result(line), _asking(line)

    groups = _grouped(profiles, key)
    positions = tuple(rule_position(rule, group, profiles, speech) for group in groups)
    found = {position.found for position in positions if position.status is not None}
    common = found.pop() if len(found) == 1 else None
    if common is not None:
        positions = tuple(p.model_copy(update={"found": None}) for p in positions)
    return DifferenceLine(
        topic=rule,
        code=known.code,
        title=known.title.rstrip("."),
        effect=known.effect,
        effect_words=known.effect_words,
        turns=tuple(profile.name for profile in profiles if profile.id in turns),
        found=common,
        positions=positions,
    )


def _floor_line(
    profiles: Sequence[Profile], turns: tuple[str, ...], speech: Speech
) -> DifferenceLine:
    def position(group: Sequence[Profile]) -> PositionLine:
        grade = group[0].explained.grade
        words = speech.say("compare.floor_words", floor=grade.floor, standing=grade.floor_standing)
        return PositionLine(
            profiles=names_of(group),
            who=who_words(group, profiles, speech),
            status=None,
            words=words,
            requires=speech.say("compare.floor_requires", floor=grade.floor),
        )

    groups = _grouped(profiles, lambda profile: profile.explained.grade.floor)
    return DifferenceLine(
        topic=FLOOR,
        code=None,
        title=speech.say("compare.floor"),
        effect=None,
        effect_words=None,
        found=None,
        turns=tuple(profile.name for profile in profiles if profile.id in turns),
        positions=tuple(map(position, groups)),
    )


def _claim_line(profiles: Sequence[Profile], speech: Speech) -> DifferenceLine:
    def position(group: Sequence[Profile]) -> PositionLine:
        claim = group[0].explained.claim
        return PositionLine(
            profiles=names_of(group),
            who=who_words(group, profiles, speech),
            status=None,
            words=claim.words,
            requires="",
        )

    def key(profile: Profile) -> Hashable:
        claim = profile.explained.claim
        return claim.limit, claim.worst, claim.purchase, claim.may_say_permanent

    groups = _grouped(profiles, key)
    return DifferenceLine(
        topic=CLAIM,
        code=None,
        title=speech.say("compare.claim"),
        effect=None,
        effect_words=None,
        found=None,
        turns=(),
        positions=tuple(map(position, groups)),
    )


def _grouped(
    profiles: Sequence[Profile], key: Callable[[Profile], Hashable]
) -> list[list[Profile]]:
    """Return the profiles that agree side by side, the fewest first."""
    groups: dict[Hashable, list[Profile]] = {}
    for profile in profiles:
        groups.setdefault(key(profile), []).append(profile)
    return sorted(groups.values(), key=len)
