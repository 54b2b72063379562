"""Publish one result again and again, each time failing before another file-system call.

Run as `publish_and_fail.py WAY FAULT FOLDER`; prints a JSON list with one entry for each call: what
was about to be done, what then stood in the place of the result, and what after one run more.
A process of its own, because an audit hook cannot be taken away again.
"""

import ctypes
import errno
import json
import os
import platform
import shutil
import signal
import sys
from pathlib import Path

from offsetcheck.ground.publish import foreign, swap
from offsetcheck.ground.publish.folder import folder_in_making
from offsetcheck.ground.publish.refusal import PublishError
from offsetcheck.ground.publish.single import write_file

platform.node()  # asks the system once and remembers
os.fsync = lambda handle: None  # the disk need not be waited for: no power is cut here
WATCHED = ("open", "os.", "shutil.", "fcntl.", "offsetcheck.")
OLD = {"index.html": "old", "offers/a.html": "old", "offers/gone.html": "old"}
NEW = {"index.html": "new", "offers/a.html": "new", "offers/b.html": "new"}


def publish_folder(place, texts):
    """Write a folder of results."""
    with folder_in_making(place / "out", replace=True, command="test") as making:
        for name, text in texts.items():
            (making.draft / name).parent.mkdir(exist_ok=True)
            (making.draft / name).write_text(text, encoding="utf-8")


def publish_file(place, texts):
    """Write a single file."""
    write_file(place / "out", texts["index.html"].encode(), replace=True, command="test")


def old_folder(place):
    """Make an earlier result, with files that no run wrote."""
    publish_folder(place, OLD)
    for name in ("mine.txt", "offers/mine.txt", "deep/er/mine.txt"):
        (place / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "out" / name).write_text("mine", encoding="utf-8")
    (place / "out" / "empty").mkdir()
    (place / "out" / "link").symlink_to("mine.txt")


def no_exchange():
    """Make this system one that cannot exchange names."""
    swap._CANNOT = frozenset({*swap._CANNOT, 0})
    ctypes.CDLL = lambda *a, **k: object()


def no_links(*args, **kwargs):
    """Refuse to link a file, as some file systems do."""
    raise OSError(errno.EPERM, "no links here")


def copies_only():
    """Make this system one without hard links."""
    foreign.os.link = no_links


WAYS = {
    "folder-first": (lambda place: None, publish_folder, None),
    "folder-again": (old_folder, publish_folder, None),
    "folder-again-no-exchange": (old_folder, publish_folder, no_exchange),
    "folder-again-no-links": (old_folder, publish_folder, copies_only),
    "file-first": (lambda place: None, publish_file, None),
    "file-again": (lambda place: publish_file(place, OLD), publish_file, None),
}


def seen(path):
    """Return what stands at a path: text of each file, target of each link, each folder."""
    if path.is_symlink() or not path.is_dir():
        return path.read_text(encoding="utf-8") if path.exists() else None
    found = {}
    for where, folders, files in os.walk(path):
        for name in (*folders, *files):
            one = Path(where) / name
            key = str(one.relative_to(path))
            link = f"-> {one.readlink()}" if one.is_symlink() else None
            found[key] = link or ("folder" if one.is_dir() else one.read_text(encoding="utf-8"))
    return found


def failing_at(step, fault, told):
    """Fail before the call of this number; note what it was."""
    count = 0

    def hook(event, args):
        nonlocal count
        if not event.startswith(WATCHED):
            return
        count += 1
        if count == step:
            os.write(told, f"{event} {args[0] if args else ''}".encode())
            if fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

    sys.addaudithook(hook)


def attempt(work, place, step, fault):
    """Publish in a child that fails before one call; return what that was, "" if never reached."""
    reader, told = os.pipe()
    child = os.fork()
    if child == 0:
        status = 0
        try:
            failing_at(step, fault, told)
            work(place, NEW)
        except (PublishError, OSError):
            status = 1
        finally:
            os._exit(status)
    os.close(told)
    with os.fdopen(reader, encoding="utf-8") as stream:
        event = stream.read()
    os.waitpid(child, 0)
    return event


def named(what, old, new):
    """Return whether something is the old or the new result."""
    return "old" if what == old else "new" if what == new else f"neither: {what}"


def main(way, fault, folder):
    """Fail before each call in turn and print what was found."""
    prepare, work, limits = WAYS[way]
    model = Path(folder) / "model"
    model.mkdir()
    prepare(model)
    old = seen(model / "out")
    whole = Path(folder) / "whole"
    shutil.copytree(model, whole, symlinks=True)
    work(whole, NEW)
    new = seen(whole / "out")
    if limits:
        limits()
    found = []
    for step in range(1, 1000):
        place = Path(folder) / str(step)
        shutil.copytree(model, place, symlinks=True)
        event = attempt(work, place, step, fault)
        if not event:
            break
        then = named(seen(place / "out"), old, new)
        aside = seen(place / ".out.offsetcheck" / "old")
        work(place, NEW)
        after = named(seen(place / "out"), old, new)
        beside = sorted(path.name for path in place.iterdir())
        found.append(
            {"event": event, "then": then, "aside": aside == old, "after": after, "beside": beside}
        )
    sys.stdout.write(json.dumps(found))


main(*sys.argv[1:])
