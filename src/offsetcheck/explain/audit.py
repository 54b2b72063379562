"""What it takes to reproduce a result and to challenge it."""

from collections.abc import Iterable

from offsetcheck.explain.changes import left_out_lines, titled_change_lines
from offsetcheck.explain.city_notes import city_notes
from offsetcheck.explain.screening import screening_lines
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import Source
from offsetcheck.vocabulary.explained import Audit, FileHash, SourceLine
from offsetcheck.vocabulary.finding import Finding, Outcome

LIMITS = ("limit.1", "limit.2", "limit.3")


def audit(setting: Setting, findings: Iterable[Finding], result_hash: str) -> Audit:
    """Return the audit block of one assessment."""
    judged = tuple(findings)
    apart = sum(f.outcome is Outcome.NOT_APPLICABLE for f in judged)
    own = {
        "result_hash": result_hash,
        "rules_applied": len(judged) - apart,
        "rules_not_applicable": apart,
    }
    return _of_the_run(setting, frozenset(f.rule for f in judged)).model_copy(update=own)


def _of_the_run(setting: Setting, rules: frozenset[str]) -> Audit:
    """Return what is the same for all subjects of the same rules, remembered by the setting."""
    known = setting.audits.get(rules)
    if known is None:
        known = setting.audits[rules] = _made(setting, rules)
    return known


def _made(setting: Setting, rules: frozenset[str]) -> Audit:
    bound, origin = setting.bound, setting.origin
    return Audit(
        engine_version=origin.engine_version,
        concluded_by=origin.concluded_by,
        rulebook=bound.name,
        edition=bound.edition,
        rulebook_hash=bound.hash,
        input_hash=origin.input_hash,
        files=tuple(FileHash(name=name, sha256=sha) for name, sha in origin.files),
        result_hash="",
        as_of=bound.as_of.isoformat(),
        city=bound.city.id,
        jurisdictions=bound.city.jurisdictions,
        stage=setting.purchase.stage.value,
        tables=tuple(sorted(bound.tables.items())),
        guides=_guides(setting, rules),
        rules_applied=0,
        rules_not_applicable=0,
        left_out=left_out_lines(setting.wording),
        changed=titled_change_lines(bound.rules.values(), setting.wording),
        screenings=screening_lines(setting),
        reviews=_reviews(setting),
        reproduce=origin.reproduce,
        tables_words=tuple(setting.wording.table(name) for name in sorted(bound.tables)),
        city_words=setting.wording.noted(
            setting.wording.pick(bound.city.name, f"city_name.{bound.city.id}")
        ),
        jurisdictions_words=tuple(setting.wording.layer(n) for n in bound.city.jurisdictions),
    )


def limits(setting: Setting) -> tuple[str, ...]:
    """Return what the tool does not judge, and what the city notes."""
    wording = setting.wording
    return (*(wording.word(key) for key in LIMITS), *city_notes(wording))


def _guides(setting: Setting, rules: frozenset[str]) -> tuple[SourceLine, ...]:
    cited: dict[str, Source] = {}
    for rule in setting.bound.rules.values():
        for source in rule.sources if rule.id in rules else ():
            if source.guide:
                standing = Source(standing=source.standing, guide=source.guide)
                cited.setdefault(source.guide, standing)
    return tuple(source_line(source, setting.wording) for source in cited.values())


def _title(rule: str, wording: Wording) -> str:
    known = wording.bound.rules.get(rule)
    return wording.rule_title(known) if known else rule


def _reviews(setting: Setting) -> tuple[str, ...]:
    wording = setting.wording
    return tuple(
        wording.word(
            "review.words",
            offer=r.offer,
            rule=_title(r.rule, wording),
            judgement=wording.word(f"review.judgement.{r.judgement}"),
            by=r.by,
            role=r.role,
            on=wording.day(r.on),
            reason=r.reason,
        )
        for r in setting.purchase.reviews
    )
