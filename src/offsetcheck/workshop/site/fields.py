"""The page of each field: what it holds, who states it, how it is computed, which rules read it."""

from collections.abc import Mapping

from offsetcheck.explain.condition_words import ConditionWords
from offsetcheck.rulebook.fields.names import stored_name
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.site_explanation import CodeLine, ConditionPart, FieldPage, Named
from offsetcheck.workshop.site.rule_pages import reading
from offsetcheck.workshop.site.scope import Scope, every_field, page_of
from offsetcheck.workshop.site.steps import steps_reading


def field_pages(scope: Scope) -> tuple[FieldPage, ...]:
    """Return a page for each field of the dictionary, in its order."""
    readers, steps = reading(scope), steps_reading(scope)
    return tuple(
        _page(scope, one, readers, steps) for one in every_field(scope.rulebook.dictionary)
    )


def _page(
    scope: Scope,
    field: Field,
    readers: Mapping[str, tuple[Named, ...]],
    steps: Mapping[str, tuple[Named, ...]],
) -> FieldPage:
    wording, name = scope.wording, stored_name(field.subject, field.name)
    lowest, highest = field.range or (None, None)
    lookup = field.lookup
    return FieldPage(
        id=page_of(field),
        title=wording.field_title(field),
        subject=field.subject.value,
        type=field.type.value,
        unit=field.unit,
        lowest=None if lowest is None else wording.value(name, lowest),
        highest=None if highest is None else wording.value(name, highest),
        codes=tuple(_codes(scope, field)),
        question=wording.question(field),
        officer=field.officer,
        documents=tuple(wording.document(kind) for kind in field.documents),
        changes=field.changes.value,
        headings=field.aliases,
        expression=field.derive.strip() if field.derive else None,
        said=_said(scope, name),
        table=scope.table_named(lookup.table) if lookup else None,
        column=lookup.column if lookup else None,
        rules=readers.get(name, ()),
        steps=steps.get(name, ()),
    )


def _said(scope: Scope, name: str) -> ConditionPart | None:
    """Return in words how a field is computed, None where it is not."""
    tree = scope.rulebook.derived.get(name)
    return None if tree is None else ConditionWords(scope.wording).said(tree)


def _codes(scope: Scope, field: Field) -> list[CodeLine]:
    return [
        CodeLine(
            code=code,
            title=scope.wording.code(field, code) or code,
            covers=tuple(scope.wording.code(field, one) or one for one in entry.covers),
        )
        for code, entry in field.codes.items()
    ]
