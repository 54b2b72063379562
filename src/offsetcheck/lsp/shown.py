"""What is found in rule files, in the types of the protocol."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.workspace import PositionCodec

from offsetcheck.api.editing import (
    Change,
    EditedRules,
    Entry,
    Mention,
    Offer,
    Offered,
    Outlined,
    Problem,
    Severity,
    Tried,
    mended,
    near_word,
    span_of,
)
from offsetcheck.lsp.folders import Folders, Located

SOURCE = "offsetcheck"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
KINDS = {
    Offer.KEY: types.CompletionItemKind.Property,
    Offer.WORD: types.CompletionItemKind.EnumMember,
    Offer.FIELD: types.CompletionItemKind.Field,
    Offer.PARAMETER: types.CompletionItemKind.Variable,
    Offer.FACT: types.CompletionItemKind.Constant,
    Offer.FUNCTION: types.CompletionItemKind.Function,
    Offer.OPERATOR: types.CompletionItemKind.Keyword,
}
SYMBOLS = {
    Entry.KEY: types.SymbolKind.Property,
    Entry.NAME: types.SymbolKind.Variable,
    Entry.EXAMPLE: types.SymbolKind.Event,
}


class Shown:
    """Turns places of rule files into those of a client, which counts signs its own way."""

    def __init__(self, folders: Folders, codec: PositionCodec, docs: str | None = None) -> None:
        self._folders = folders
        self._codec = codec
        self._docs = docs

    def place(self, rows: Sequence[str], position: types.Position) -> tuple[int, int]:
        """Return the line and column, from 1, of a position."""
        found = self._codec.position_from_client_units(rows, position)
        return found.line + 1, found.character + 1

    def range(self, rows: Sequence[str], line: int, start: int, end: int) -> types.Range:
        """Return the range from one column of a line to another, all from 1."""
        row = rows[line - 1] if 0 < line <= len(rows) else ""
        units = (self._codec.client_num_units(row[: column - 1]) for column in (start, end))
        first, last = units
        return types.Range(types.Position(line - 1, first), types.Position(line - 1, last))

    def diagnostics(self, located: Located, problems: Iterable[Problem]) -> list[types.Diagnostic]:
        """Return problems as an editor underlines them."""
        rows = located.rules.rows(located.path)
        return [self._diagnostic(located, problem, rows) for problem in problems]

    def _diagnostic(
        self, located: Located, problem: Problem, rows: Sequence[str]
    ) -> types.Diagnostic:
        span = span_of(problem, rows)
        hint = f"\n{problem.hint}" if problem.hint else ""
        more = f"\nand {len(problem.followers):,} that follow from it" if problem.followers else ""
        page = self._page(located.rules, problem.check)
        return types.Diagnostic(
            range=self.range(rows, span.line, span.start, span.end),
            message=f"{problem.message}{hint}{more}",
            severity=SEVERITIES[problem.severity],
            code=problem.check,
            code_description=types.CodeDescription(page) if page else None,
            source=SOURCE,
            related_information=list(self._related(located.rules, problem)) or None,
        )

    def _page(self, rules: EditedRules, check: str | None) -> str | None:
        """Return the page on a check: of the site that was named, else beside the rule folder."""
        if check is None:
            return None
        if self._docs is not None:
            return f"{self._docs.rstrip('/')}/checks/{check}.html"
        beside = rules.folder.parent / "docs" / "checks" / f"{check}.md"
        return Path(beside).as_uri() if beside.is_file() else None

    def _related(
        self, rules: EditedRules, problem: Problem
    ) -> Iterator[types.DiagnosticRelatedInformation]:
        """Yield where the near word of a hint is made."""
        word = near_word(problem)
        for made in rules.made_of(word)[:3] if word is not None else ():
            said = f"`{word}` is this {made.of.value}"
            yield types.DiagnosticRelatedInformation(self.location(rules, made), said)

    def location(self, rules: EditedRules, mention: Mention) -> types.Location:
        """Return the place of a name."""
        return types.Location(
            self._folders.uri_of(rules, mention.file), self.of_mention(rules, mention)
        )

    def of_mention(self, rules: EditedRules, mention: Mention) -> types.Range:
        """Return the range of a name in its file."""
        end = mention.column + mention.length
        return self.range(rules.rows(mention.file), mention.line, mention.column, end)

    def items(
        self, offered: Iterable[Offered], position: types.Position
    ) -> list[types.CompletionItem]:
        """Return what can be written at a position, the own names of the folder first."""
        return [self._item(one, position, rank) for rank, one in enumerate(offered)]

    def _item(self, one: Offered, position: types.Position, rank: int) -> types.CompletionItem:
        start = types.Position(position.line, max(position.character - one.replaces, 0))
        text = f"{one.word}: " if one.kind is Offer.KEY else one.word
        return types.CompletionItem(
            label=one.word,
            kind=KINDS[one.kind],
            documentation=one.said or None,
            sort_text=f"{rank:05}",
            filter_text=one.word,
            text_edit=types.TextEdit(types.Range(start, position), text),
        )

    def edits(self, rules: EditedRules, changes: Iterable[Change]) -> types.WorkspaceEdit:
        """Return changes of files as one edit of the workspace."""
        found: dict[str, list[types.TextEdit]] = {}
        for change in changes:
            rows = rules.rows(change.file)
            where = self.range(rows, change.line, change.column, change.column + change.length)
            found.setdefault(self._folders.uri_of(rules, change.file), []).append(
                types.TextEdit(where, change.text)
            )
        return types.WorkspaceEdit(changes=found)

    def actions(
        self, located: Located, problems: Iterable[Problem], asked: types.Range
    ) -> list[types.CodeAction]:
        """Return what would mend the problems on some lines, by their hints."""
        rows = located.rules.rows(located.path)
        return [
            types.CodeAction(
                title=title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[self._diagnostic(located, problem, rows)],
                edit=self.edits(located.rules, [change]),
                is_preferred=True,
            )
            for problem in problems
            if asked.start.line <= (problem.place.line or 1) - 1 <= asked.end.line
            for title, change in mended(problem, rows)
        ]

    def hints(self, located: Located, tried: Iterable[Tried]) -> list[types.InlayHint]:
        """Return behind each example what came out of it."""
        rows = located.rules.rows(located.path)
        return [self._hint(one, rows) for one in tried if one.line <= len(rows)]

    def _hint(self, one: Tried, rows: Sequence[str]) -> types.InlayHint:
        width = len(rows[one.line - 1].rstrip()) + 1
        label = f"✓ {one.expected}" if one.difference is None else f"✗ {one.difference}"
        at = self.range(rows, one.line, width, width).end
        return types.InlayHint(position=at, label=label, padding_left=True)

    def symbols(
        self, rows: Sequence[str], entries: Iterable[Outlined]
    ) -> list[types.DocumentSymbol]:
        """Return the outline of a file."""
        return [self._symbol(rows, entry) for entry in entries]

    def _symbol(self, rows: Sequence[str], entry: Outlined) -> types.DocumentSymbol:
        first = self.range(rows, entry.line, entry.column, len(rows[entry.line - 1]) + 1)
        last = self.range(rows, entry.end, 1, len(rows[entry.end - 1]) + 1)
        return types.DocumentSymbol(
            name=entry.name or "-",
            kind=SYMBOLS[entry.entry],
            range=types.Range(first.start, last.end),
            selection_range=first,
            children=self.symbols(rows, entry.within) or None,
        )
