"""The English words of comparisons and drifts; a rulebook's `words/` may replace each."""

from collections.abc import Mapping
from types import MappingProxyType

from offsetcheck.explain.wording import Wording, fill

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        # one offer under several profiles
        "compare.title": "{offer} under {count} profiles",
        "compare.profiles": "What comes out",
        "compare.differences": "Where the profiles differ",
        "compare.not_asked": "Not asked by {who}: {points}.",
        "compare.not_asked_by": "Not asked by",
        "compare.asked": "Asked differently, with one result for this offer",
        "compare.same": "The same everywhere",
        "compare.causes": "Which rule makes the difference",
        "compare.profile": "Profile",
        "compare.city": "city",
        "compare.standard": "standard",
        "compare.turns": "turns the verdict of",
        "compare.purchase_tender": (
            "The purchase of the tender of {city} is used for all profiles, although another city "
            "would buy on other terms."
        ),
        "compare.purchase_file": (
            "A list holds no purchase: for all profiles only the year {year} is known of it."
        ),
        "compare.no_difference": "{city} comes to the same verdict as {first}.",
        "compare.agree": "The same verdict as under {first}, on the same grade: {list}.",
        "compare.first": "{city} says “{verdict}”: {why} The others are set against it.",
        "compare.one": "{city} says “{verdict}” where {first} says “{other}”, because of {points}.",
        "compare.any": (
            "{city} says “{verdict}” where {first} says “{other}”. "
            "Each of these is enough: {points}."
        ),
        "compare.all": (
            "{city} says “{verdict}” where {first} says “{other}”. Only together do these make the "
            "difference: {points}."
        ),
        "compare.floor_short": "floor",
        "compare.floor": "The lowest grade that is bought",
        "compare.floor_words": "floor {floor} ({standing})",
        "compare.floor_requires": "Integrity is at least {floor}.",
        "compare.claim": "What the city may say",
        "compare.claim_open": "{limit}, perhaps only {worst}",
        "compare.only": "only {who}: {words}",
        "compare.absent": "not asked",
        "compare.absent_because": "not asked: {reason}",
        "compare.point": "“{title}” ({words})",
        "compare.not_permitted": "{city} does not offset, so nothing is bought under it.",
        "compare.all_same": "Nothing: all profiles come to the same result on every rule.",
        "compare.set_by": "{name}{value}: set by {layer}{since}; {source}",
        "compare.value": " ({value})",
        "compare.since": " from {day}",
        "compare.guide": "the guide",
        "compare.unset": "not decided",
        "compare.undecided": "{words}; not decided by {list}",
        "compare.others": "all others ({count})",
        "compare.each": "{name}: each of them sets its own",
        "compare.count": "{words}: {count}",
        "compare.cities": "Cities",
        "compare.standards": "Purchasing standards",
        "compare.unless": "Unless another is named: {words}",
        "compare.more": "{name}: also {list}",
        "compare.fewer": "{name}: without {list}",
        "compare.instead": "{name}: {value} instead of {other}",
        "compare.grade": (
            "{city} comes to the same verdict as {first} on another grade, {grade} instead of "
            "{other}, because of {points}."
        ),
        "compare.purchase": " {purchase}: {reasons}",
        "compare.same_words": "How it comes out",
        # a list on two days
        "drift.title": "{title}: {since} and {until}",
        "drift.summary": "Changed in verdict or grade: {changed} of {offers}.",
        "drift.unchanged": "No offer changed in verdict or grade ({offers} offers).",
        "drift.turns": "Which verdicts changed",
        "drift.causes": "By which cause",
        "drift.offers": "Offer by offer",
        "drift.rules": "What changed in the rules between the two days",
        "drift.rules_none": "Nothing in the rules changed between the two days.",
        "drift.turn": "from “{before}” to “{after}”",
        "drift.grade_only": "“{before}” as before, the grade moved",
        "drift.one": "Because of {points}.",
        "drift.any": "Each of these is enough: {points}.",
        "drift.all": "Only together: {points}.",
        "drift.point": "“{title}”: {before}, then {after}{reasons}",
        "drift.reasons": " ({list})",
        "drift.absent": "not asked",
        "drift.grounds": "Refused on other grounds: {points}.",
        "drift.grounds_title": "Refused on both days, but not by the same requirements",
        "drift.grounds_count": "{count}",
        "drift.not_traced": "not worked out",
        "drift.count": "{title}: {count}, such as {examples}",
        "drift.offer": "Offer",
        "drift.cause": "Cause",
        "drift.otherwise": "What was otherwise",
        "drift.limit": "The first {shown} of {changed} changed offers are shown one by one.",
        "drift.limit_kinds": (
            "The causes were worked out for one offer of each of {kinds} patterns of change and "
            "counted for all offers of its pattern."
        ),
        "drift.limit_left": "For {count} offers of rarer patterns they were not worked out.",
        "drift.purchase_file": (
            "The year of the claim is that of each day ({since_year}, {until_year}), because a "
            "list names none."
        ),
        "drift.purchase_tender": "The purchase of the tender is used on both days.",
        "drift.and_more": "and {count} more",
        "shift.rule_began": "the rule came into force on {day}",
        "shift.rule_ended": "the rule ended on {day}",
        "shift.value": "{name} was {before} and is {after} since {day} ({source})",
        "shift.value_undated": "{name} was {before} and is {after} ({source})",
        "shift.edition": "table “{table}”: edition {before}, then {after}",
        "shift.row_began": "table “{table}”, known since {day}: {words}",
        "shift.row_ended": "table “{table}”, no longer so after {day}: {words}",
        "shift.stale": "table “{table}” is past the date until which it holds",
        "shift.answer": "{title}: {before}, then {after}",
        "shift.fact": "{title} became known on {day}: {value}",
        "shift.screening": "the search for adverse events of {day} counts",
        "shift.calendar": "time passed: {title} was {before} and is {after}",
        "shift.calendar_plain": "time passed: the rule asks about the day itself",
        "shift.unknown": "not known",
        "news.began": "New rule from {day}: {title}",
        "news.ended": "Rule ended on {day}: {title}",
        "news.value": "{title}, {name}: {before}, from {day} {after} ({source})",
        "news.rows": (
            "Table “{table}”: rows that became known: {began}; rows that no longer hold: {ended}"
        ),
    }
)


class Speech:
    """The words of a bound rulebook with those of comparisons and drifts beside them."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        bound = wording.bound.words
        own = {**bound.get("en", {}), **bound.get(wording.language, {})}
        self.words: Mapping[str, str] = {**wording.words, **ENGLISH, **own}

    def say(self, key: str, /, **values: object) -> str:
        """Return the words of a key with its {values} filled in."""
        text = self.words[key]
        return fill(text, lambda name: str(values[name]) if name in values else None) or text

    def joined(self, items: list[str]) -> str:
        """Return points of a sentence in one line."""
        return "; ".join(items)
