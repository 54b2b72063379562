"""Self-contained HTML: no script, no address that a browser would fetch."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offsetcheck.report.format import Format, template_kinds

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

MACROS = "_base/macros.html.jinja"
MAX_KEPT = 4096


def html(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    """Return an explanation as one page, every value escaped; `back` is the address of its list.

    A city's own templates run in a process apart. Raises InputError for a template that cannot be
    used.
    """
    if templates is not None:
        from offsetcheck.report.apart.run import run_apart

        arguments = (explanation, dict(words), templates, back)
        return run_apart(f"{__name__}:html_bytes", *arguments, templates=str(templates)).decode()
    return _html(explanation, words, templates, back)


def html_bytes(
    explanation: "Explanation", words: Mapping[str, str], templates: Path, back: str | None
) -> bytes:
    """Return the page in UTF-8, made in this process."""
    return _html(explanation, words, templates, back).encode()


def _html(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> str:
    from offsetcheck.report.context import context_of
    from offsetcheck.report.environment import environment, page, template_problems
    from offsetcheck.report.plain_report import same_lines

    context = context_of(explanation, words) | {"back": back}
    with template_problems(templates):
        context["kept"] = _kept(context, templates)
        made = environment(templates, autoescape=True)
        if made.parts is not None:
            made.parts.begin(_run(context["report"]), same_lines(explanation))
        return page(made, f"{explanation.kind}.html.jinja", context)


def _run(report: Mapping[str, Any]) -> tuple[str, str]:
    """Return what fixes every word that is said of rules: the bound rulebook and the language."""
    return report.get("audit", {}).get("rulebook_hash", ""), report["language"]


def _kept(context: Mapping[str, Any], templates: Path | None) -> dict[str, str]:
    """Return what is said of each rule whatever the offer, rendered once for a run's rulebook.

    The hash of the bound rulebook and the language fix every word of it.
    """
    from offsetcheck.report.context import finding_lines
    from offsetcheck.report.environment import environment

    report = context["report"]
    lines = {line["rule"]: line for line in finding_lines(report)}
    if not lines:
        return {}
    run = _run(report)
    made = environment(templates, autoescape=True)
    missing = [rule for rule in lines if (*run, rule) not in made.said]
    if missing:
        parts = made.get_template(MACROS).make_module(dict(context))
        of_the_rule: Callable[[Mapping[str, Any]], str] = parts.of_the_rule  # type: ignore[attr-defined]
        if len(made.said) > MAX_KEPT:
            made.said.clear()
            missing = list(lines)
        for rule in missing:
            made.said[*run, rule] = of_the_rule(lines[rule])
    return {rule: made.said[*run, rule] for rule in lines}


FORMAT = Format(
    name="html",
    suffix="html",
    render=html,
    kinds=partial(template_kinds, "html"),
    list_stem="index",  # a browser opens the page of this name by itself
)
