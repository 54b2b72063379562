"""The server: what an editor sends, and what it is answered."""

import asyncio
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from offsetcheck.api.editing import EditedRules
from offsetcheck.ground.version import __version__
from offsetcheck.lsp.folders import MAX_CHARACTERS, Folders, Located
from offsetcheck.lsp.shown import Shown
from offsetcheck.vocabulary.problem import RequestError

AT_ONCE, AT_REST = 0.02, 0.6
"""Seconds without a key pressed after which a file, and the whole folder, is read again."""

SHORT = 0.0005
"""Seconds for which one of two threads goes on while the other waits."""

TRIGGERS = ["$", "{", "'", ".", ":", " ", "-", "["]
FAILED = "offsetcheck could not answer; its log in the editor says more"


class RulesServer(LanguageServer):
    """A language server for the rule folders of a workspace."""

    def __init__(self) -> None:
        # Whole texts: what else ends a line in Python than in an editor would part the two.
        super().__init__("offsetcheck", __version__, types.TextDocumentSyncKind.Full)
        self.folders = Folders()
        self.docs: str | None = None
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._checking: set[EditedRules] = set()
        self._published: dict[EditedRules, set[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def shown(self) -> Shown:
        """What turns places into those of the client."""
        return Shown(self.folders, self.workspace.position_codec, self.docs)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell of a fault in the log, and no reader of rules what Python says of it."""
        logging.getLogger(__name__).error("%s", source, exc_info=error)

    # Texts

    def hold(self, uri: str) -> None:
        """Take a document as the editor has it, and tell its problems soon."""
        located = self.folders.located(uri)
        text = self.workspace.get_text_document(uri).source
        if located is None or len(text) > MAX_CHARACTERS:
            return
        located.rules.hold(located.path, text)
        self._soon(uri, AT_ONCE, partial(self.publish, located))
        self.check_at_rest(located.rules)

    def let_go(self, uri: str) -> None:
        """Take a document as it is saved again."""
        located = self.folders.located(uri)
        if located is not None:
            located.rules.let_go(located.path)
            self.check_at_rest(located.rules)

    def check_at_rest(self, rules: EditedRules) -> None:
        """Read the whole folder once nobody has pressed a key for a moment."""
        self._soon(str(rules.folder), AT_REST, partial(self._begin_check, rules))

    def _soon(self, what: str, seconds: float, then: Callable[[], None]) -> None:
        """Do something after a while; asked for again, it waits anew."""
        waiting = self._waiting.pop(what, None)
        if waiting is not None:
            waiting.cancel()
        self._waiting[what] = asyncio.get_running_loop().call_later(seconds, then)

    # Problems

    def publish(self, located: Located) -> None:
        """Tell the problems of one file as it is now."""
        rules, path = located.rules, located.path
        uri = self.folders.uri_of(rules, path)
        problems = rules.problems(path)
        shown = self.shown.diagnostics(located, problems)
        version = self.workspace.get_text_document(uri).version
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))
        listed = self._published.setdefault(rules, set())
        (listed.add if problems else listed.discard)(path)

    def _begin_check(self, rules: EditedRules) -> None:
        if rules in self._checking:
            self.check_at_rest(rules)
            return
        task = asyncio.get_running_loop().create_task(self.check(rules))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def check(self, rules: EditedRules) -> None:
        """Read a whole folder beside, then tell the problems of each file."""
        self._checking.add(rules)
        asked = self._versions()
        try:
            loop = asyncio.get_running_loop()
            rules.take(await loop.run_in_executor(None, rules.check, rules.ask()))
        finally:
            self._checking.discard(rules)
        for path in {*rules.files_with_problems(), *self._published.get(rules, ())}:
            if not (rules.folder / path).is_relative_to(rules.folder):
                continue
            uri = self.folders.uri_of(rules, path)
            # What was written meanwhile is told of by the check that follows it.
            if self._versions().get(uri) == asked.get(uri):
                self.publish(Located(rules, path))
        capable = self.client_capabilities.workspace
        if capable and capable.inlay_hint and capable.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def _versions(self) -> dict[str, int | None]:
        return {uri: one.version for uri, one in self.workspace.text_documents.items()}

    def asked(self, uri: str, position: types.Position) -> tuple[Located, int, int] | None:
        """Return the file and place that a request is about, None for files of nobody."""
        located = self.folders.located(uri)
        if located is None:
            return None
        rows = located.rules.rows(located.path)
        return (located, *self.shown.place(rows, position))


server = RulesServer()


@server.feature(types.INITIALIZE)
def initialize(ls: RulesServer, params: types.InitializeParams) -> None:
    """Take the folders of the workspace, and where the pages on checks are."""
    named = [folder.uri for folder in params.workspace_folders or ()]
    roots = named or [params.root_uri] if params.root_uri else named
    ls.folders.open(root for root in roots if root)
    options = params.initialization_options
    docs = options.get("docs") if isinstance(options, dict) else None
    ls.docs = docs if isinstance(docs, str) and docs.startswith("https://") else None


@server.feature(types.INITIALIZED)
async def initialized(ls: RulesServer, _params: types.InitializedParams) -> None:
    """Read the folders for the first time, and ask to be told of files that change."""
    capable = ls.client_capabilities.workspace
    watched = capable.did_change_watched_files if capable else None
    for rules in ls.folders.all():
        await ls.check(rules)
    if watched is not None and watched.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher("**/*.{yaml,csv}")]
        )
        registration = types.Registration(
            "rule-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
        )
        ls.client_register_capability(types.RegistrationParams([registration]))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
async def opened(ls: RulesServer, params: types.DidOpenTextDocumentParams) -> None:
    """Take a document that was opened."""
    ls.hold(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
async def changed(ls: RulesServer, params: types.DidChangeTextDocumentParams) -> None:
    """Take a document in which somebody writes."""
    ls.hold(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
async def closed(ls: RulesServer, params: types.DidCloseTextDocumentParams) -> None:
    """Go back to what is saved."""
    ls.let_go(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
async def saved(ls: RulesServer, params: types.DidSaveTextDocumentParams) -> None:
    """Read the folder again."""
    _look_again(ls, [params.text_document.uri])


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def watched(ls: RulesServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Read the folder again: a file was written, made or deleted by another program."""
    _look_again(ls, [event.uri for event in params.changes])


def _look_again(ls: RulesServer, uris: list[str]) -> None:
    found = {located.rules for uri in uris if (located := ls.folders.located(uri)) is not None}
    for rules in found:
        rules.look_again()
        ls.check_at_rest(rules)


@server.feature(
    types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS)
)
def complete(ls: RulesServer, params: types.CompletionParams) -> types.CompletionList | None:
    """Return what can be written at a place."""
    asked = ls.asked(params.text_document.uri, params.position)
    if asked is None:
        return None
    located, line, column = asked
    offered = located.rules.offered(located.path, line, column)
    return types.CompletionList(False, ls.shown.items(offered, params.position))


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(ls: RulesServer, params: types.HoverParams) -> types.Hover | None:
    """Return what is known of the name at a place."""
    asked = ls.asked(params.text_document.uri, params.position)
    found = None if asked is None else asked[0].rules.told(asked[0].path, *asked[1:])
    if asked is None or found is None:
        return None
    said, mention = found
    where = None if mention is None else ls.shown.of_mention(asked[0].rules, mention)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), where)


@server.feature(types.TEXT_DOCUMENT_DEFINITION)
def define(ls: RulesServer, params: types.DefinitionParams) -> list[types.Location]:
    """Return where the name at a place is made."""
    asked = ls.asked(params.text_document.uri, params.position)
    if asked is None:
        return []
    rules = asked[0].rules
    return [ls.shown.location(rules, one) for one in rules.made(asked[0].path, *asked[1:])]


@server.feature(types.TEXT_DOCUMENT_REFERENCES)
def refer(ls: RulesServer, params: types.ReferenceParams) -> list[types.Location]:
    """Return every place of the name at a place."""
    asked = ls.asked(params.text_document.uri, params.position)
    if asked is None:
        return []
    rules = asked[0].rules
    places = rules.places(asked[0].path, *asked[1:])
    made = {(one.file, one.line, one.column) for one in rules.made(asked[0].path, *asked[1:])}
    if not params.context.include_declaration:
        places = tuple(one for one in places if (one.file, one.line, one.column) not in made)
    return [ls.shown.location(rules, one) for one in places]


@server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
def outlined(ls: RulesServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Return the outline of a file."""
    located = ls.folders.located(params.text_document.uri)
    if located is None:
        return []
    rows = located.rules.rows(located.path)
    return ls.shown.symbols(rows, located.rules.outlined(located.path))


@server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
def hints(ls: RulesServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Return what came out of the examples of a rule."""
    located = ls.folders.located(params.text_document.uri)
    if located is None:
        return []
    return ls.shown.hints(located, located.rules.tried(located.path))


@server.feature(
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
)
def mend(ls: RulesServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return what would mend the problems at a place."""
    located = ls.folders.located(params.text_document.uri)
    if located is None:
        return []
    problems = located.rules.problems(located.path)
    return ls.shown.actions(located, problems, params.range)


@server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
def prepare(ls: RulesServer, params: types.PrepareRenameParams) -> types.Range | None:
    """Return the name at a place where it can have another."""
    asked = ls.asked(params.text_document.uri, params.position)
    if asked is None:
        return None
    rules = asked[0].rules
    with _refusals():
        mention = rules.renaming(asked[0].path, *asked[1:])
    return None if mention is None else ls.shown.of_mention(rules, mention)


@server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
def rename(ls: RulesServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Return the changes of all files by which a field gets another name."""
    asked = ls.asked(params.text_document.uri, params.position)
    if asked is None:
        return None
    rules = asked[0].rules
    with _refusals():
        changes = rules.renamed(asked[0].path, *asked[1:], params.new_name)
    return ls.shown.edits(rules, changes)


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell the client in our words why something cannot be."""
    try:
        yield
    except RequestError as error:
        problem = error.problems[0]
        hint = f"; {problem.hint}" if problem.hint else ""
        raise JsonRpcInvalidParams(f"{problem.message}{hint}") from error


def serve() -> None:
    """Speak with an editor on standard input and output until it ends the connection."""
    channel = sys.stdout.buffer
    # A key that is pressed while the whole folder is read beside comes to its turn soon.
    sys.setswitchinterval(SHORT)
    sys.stdout = sys.stderr  # what anybody prints would be taken for an answer
    server.start_io(sys.stdin.buffer, channel)
