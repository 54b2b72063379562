"""A client over standard input and output, as an editor is one."""

import asyncio
import itertools
import sys
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

WAIT = 60
"""Seconds after which an answer is not waited for: a machine may be busy."""


class Editor:
    """An editor with one workspace; positions are lines and columns from 1."""

    def __init__(self, root):
        self.root = Path(root)
        self.client = LanguageClient("editor", "1")
        self.texts = {}
        self.versions = {}
        self.counted = itertools.count(1)
        self.found = {}
        self.news = asyncio.Condition()
        self.refreshed = 0

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def told(params):
            async with self.news:
                self.found[params.uri] = params
                self.news.notify_all()

        @self.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
        async def refresh(_params):
            async with self.news:
                self.refreshed += 1
                self.news.notify_all()

    async def __aenter__(self):
        await self.client.start_io(sys.executable, "-m", "offsetcheck", "lsp")
        inlay = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
        capabilities = types.ClientCapabilities(
            workspace=types.WorkspaceClientCapabilities(inlay_hint=inlay)
        )
        folder = types.WorkspaceFolder(self.root.as_uri(), "rules")
        self.answer = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=capabilities, root_uri=self.root.as_uri(), workspace_folders=[folder]
            )
        )
        self.client.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_):
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await asyncio.wait_for(self.client.stop(), WAIT)

    def uri(self, path):
        return (self.root / path).as_uri()

    def named(self, path):
        return types.TextDocumentIdentifier(self.uri(path))

    def open(self, path, text=None):
        self.texts[path] = (self.root / path).read_text("utf-8") if text is None else text
        version = self.versions[path] = next(self.counted)
        item = types.TextDocumentItem(self.uri(path), "yaml", version, self.texts[path])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, path, text):
        """Take a whole text, as an editor sends it after a key."""
        self.texts[path] = text
        self.versions[path] = next(self.counted)
        where = types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(where, [whole]))

    def type_at(self, path, mark, text):
        """Write something behind the first place of a mark."""
        at = self.texts[path].index(mark) + len(mark)
        self.write(path, self.texts[path][:at] + text + self.texts[path][at:])

    def close_all(self):
        """Close every document, so that what is saved counts again."""
        for path in list(self.versions):
            self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.named(path)))
            del self.versions[path]
            self.found.pop(self.uri(path), None)

    def save(self, path):
        (self.root / path).write_text(self.texts[path], "utf-8")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.named(path)))

    async def problems(self, path, until=lambda _: True):
        """Return the problems of a file once they are told of its last version and fit.

        No version comes twice, so that what is told late of a text from before it was closed and
        opened again is not taken for news.
        """
        uri = self.uri(path)

        def fits():
            told = self.found.get(uri)
            current = told is not None and told.version == self.versions.get(path)
            return current and until(told.diagnostics)

        async with self.news:
            await asyncio.wait_for(self.news.wait_for(fits), WAIT)
        return self.found[uri].diagnostics

    async def checked(self, times=1):
        """Wait until the whole folder was read so often."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: self.refreshed >= times), WAIT)

    def at(self, path, mark, shift=0):
        """Return the position of the first place of a mark, and some signs further."""
        return position(self.texts[path], self.texts[path].index(mark) + shift)

    async def complete(self, path, mark):
        """Return what is offered behind a mark, by label."""
        spot = self.at(path, mark, len(mark))
        params = types.CompletionParams(self.named(path), spot)
        found = await self.client.text_document_completion_async(params)
        return {item.label: item for item in found.items}


def position(text, offset):
    """Return where a sign of a text is, columns in UTF-16 as clients count them."""
    before = text[:offset]
    row = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(row.encode("utf-16-le")) // 2)


def changed(text, edits):
    """Return a text with the edits of a client applied, which counts in UTF-16."""
    rows = text.split("\n")

    def offset(spot):
        row = rows[spot.line].encode("utf-16-le")[: spot.character * 2].decode("utf-16-le")
        return sum(len(r) + 1 for r in rows[: spot.line]) + len(row)

    for edit in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
        start, end = offset(edit.range.start), offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text
