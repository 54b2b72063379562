"""What every offer of a list lacks alike, told once: field, rules that ask it, who can answer."""

from collections import Counter
from collections.abc import Iterable, Sequence

from offsetcheck.explain.missing import who_answers
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.batch_explanation import EverywhereLine, RuleNamed
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Missing, Wait


def everywhere_lines(waits: Iterable[Wait], setting: Setting) -> tuple[EverywhereLine, ...]:
    """Return each field with its cause once, those first that the most rules ask for."""
    asking: dict[tuple[str, str], list[str]] = {}
    for rule, field, cause in waits:
        asking.setdefault((field, cause), []).append(rule)
    ranked = sorted(asking.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_line(field, Cause(cause), rules, setting) for (field, cause), rules in ranked)


def everywhere_said(lines: Sequence[EverywhereLine], file: str, wording: Wording) -> str | None:
    """Return how much every offer lacks and of whom it is asked; None where there is nothing."""
    if not lines:
        return None
    counts = Counter(line.who for line in lines)
    parts = [
        wording.word(
            "batch.everywhere_part",
            who=wording.word(f"who.{who.value}"),
            count=wording.bare(counts[who]),
        )
        for who in Who
        if counts[who]
    ]
    key = "batch.everywhere_said.one" if len(lines) == 1 else "batch.everywhere_said.many"
    return wording.word(key, count=wording.bare(len(lines)), who=", ".join(parts), file=file)


def _line(field: str, cause: Cause, rules: Sequence[str], setting: Setting) -> EverywhereLine:
    wording, known = setting.wording, [setting.bound.rules[rule] for rule in rules]
    who = who_answers(Missing(field, cause), wording.field(field))
    return EverywhereLine(
        field=field,
        title=wording.title(field),
        cause=cause.value,
        cause_words=wording.word(f"cause.{cause.value}"),
        who=who,
        who_words=wording.word(f"who.{who.value}"),
        rules=tuple(
            RuleNamed(rule=one.id, code=one.code, title=wording.rule_title(one)) for one in known
        ),
    )
