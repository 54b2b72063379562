"""What profiles that agree on a rule ask, who set its values, and how they differ from others."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.profile import Profile
from offsetcheck.explain.sources import source_line
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.vocabulary.comparison import PositionLine

GUIDE = "guide"
ADOPTED = "adopted"
MAX_NAMED = 5
MAX_VALUES = 2

Shared = TypeVar("Shared", bound=Hashable)


def rule_position(
    rule: str, group: Sequence[Profile], profiles: Sequence[Profile], speech: Speech
) -> PositionLine:
    """Return what a group of profiles asks by a rule, set against the first of all profiles."""
    own, who = group[0], who_words(group, profiles, speech)
    line = own.line(rule)
    if line is None:
        words = "; ".join(dict.fromkeys(_absent(rule, profile, speech) for profile in group))
        return PositionLine(
            profiles=names_of(group), who=who, status=None, words=words, requires=""
        )
    return PositionLine(
        profiles=names_of(group),
        who=who,
        status=line.status.value,
        words=f"{line.status_words} ({line.effect_words})",
        requires=line.requires,
        found=line.found or line.unknown,
        contrast=_shared(_contrast(rule, one, profiles[0], speech) for one in group),
        values=_values(rule, group, line.requires, speech),
        changes=_shared(_changes(rule, one) for one in group) or (),
        parameters=line.parameters,
    )


def names_of(group: Sequence[Profile]) -> tuple[str, ...]:
    """Return the names of profiles."""
    return tuple(profile.name for profile in group)


def who_words(group: Sequence[Profile], profiles: Sequence[Profile], speech: Speech) -> str:
    """Return the names of a group; of many that are most of all, only how many they are."""
    if len(group) > MAX_NAMED and 2 * len(group) > len(profiles):
        return speech.say("compare.others", count=len(group))
    return ", ".join(names_of(group))


def _shared(each: Iterable[Shared]) -> Shared | None:
    """Return what all of a group have, None where it differs."""
    distinct = set(each)
    return distinct.pop() if len(distinct) == 1 else None


def _values(rule: str, group: Sequence[Profile], requires: str, speech: Speech) -> tuple[str, ...]:
    """Return who set each value; where each of the group sets its own, only that."""
    bounds = [profile.setting.bound.rules[rule] for profile in group]
    said = []
    for name, parameter in bounds[0].parameters.items():
        every = dict.fromkeys(
            _value_words(bound.parameters[name], bound, profile, requires, speech)
            for bound, profile in zip(bounds, group, strict=True)
        )
        if len(every) > MAX_VALUES:
            title = group[0].setting.wording.parameter_title(parameter, bounds[0])
            said.append(speech.say("compare.each", name=title))
            continue
        open_in = [
            p.name for b, p in zip(bounds, group, strict=True) if b.parameters[name].undecided
        ]
        said.extend(_with_undecided(words, open_in, speech) for words in every)
    return tuple(said)


def _with_undecided(words: str, cities: Sequence[str], speech: Speech) -> str:
    if not cities:
        return words
    named = ", ".join(cities[:MAX_NAMED])
    if len(cities) > MAX_NAMED:
        named = f"{named} {speech.say('drift.and_more', count=len(cities) - MAX_NAMED)}"
    return speech.say("compare.undecided", words=words, list=named)


def _absent(rule: str, profile: Profile, speech: Speech) -> str:
    left_out = profile.setting.bound.city.left_out
    reason = next((change.reason for change in left_out if change.what == rule), None)
    if reason:
        said = profile.setting.wording.note(reason)
        return speech.say("compare.absent_because", reason=said)
    return speech.say("compare.absent")


def _contrast(name: str, own: Profile, first: Profile, speech: Speech) -> str | None:
    rule, other = own.setting.bound.rules[name], first.setting.bound.rules.get(name)
    if other is None or own is first:
        return None
    said = [
        words
        for key, parameter in rule.parameters.items()
        if key in other.parameters
        for words in _differing(parameter, other.parameters[key], rule, own, speech)
    ]
    return speech.joined(said) or None


def _differing(
    here: BoundParameter, there: BoundParameter, rule: BoundRule, own: Profile, speech: Speech
) -> Iterator[str]:
    wording = own.setting.wording
    name = wording.parameter_title(here, rule)
    if here.value == there.value:
        return
    if not isinstance(here.value, tuple) or not isinstance(there.value, tuple):
        value, other = (wording.parameter(p, rule) for p in (here, there))
        unset = speech.say("compare.unset")
        yield speech.say("compare.instead", name=name, value=value or unset, other=other or unset)
        return
    for key, some in (
        ("compare.more", [item for item in here.value if item not in there.value]),
        ("compare.fewer", [item for item in there.value if item not in here.value]),
    ):
        if some:
            words = wording.parameter(_holding(here, some), rule)
            yield speech.say(key, name=name, list=words)


def _holding(parameter: BoundParameter, items: Sequence[object]) -> BoundParameter:
    return replace(parameter, value=tuple(items))  # type: ignore[arg-type] # items of its own value


def _value_words(
    parameter: BoundParameter, rule: BoundRule, own: Profile, requires: str, speech: Speech
) -> str:
    """Return who set a value, since when and on which source; the value where it is unsaid."""
    wording = own.setting.wording
    value = wording.parameter(parameter, rule) or speech.say("compare.unset")
    source = source_line(parameter.source, wording) if parameter.source else None
    since = wording.day(parameter.since) if parameter.since else None
    return speech.say(
        "compare.set_by",
        name=wording.parameter_title(parameter, rule),
        value="" if value in requires else speech.say("compare.value", value=value),
        layer=wording.layer(parameter.layer),
        since=speech.say("compare.since", day=since) if since else "",
        source=f"{source.words} [{source.standing_words}]" if source else "–",
    )


def _changes(rule: str, own: Profile) -> tuple[str, ...]:
    line = own.line(rule)
    changes = line.changes if line else ()
    # That an optional rule was adopted shows already in who asks it.
    told = (change for change in changes if change.what != ADOPTED or change.reason)
    return tuple(change.words for change in told)
