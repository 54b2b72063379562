"""From a key pressed to its problems shown, over standard input and output as an editor works.

    python benchmarks/lsp.py [KEYS]

Writes signs into open files of the shipped rules and waits each time for the problems of that version.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "lsp"))

from client import Editor

from offsetcheck.ground.bundled import bundled

FILES = {
    "rules/permanence/storage_floor.yaml": "requires: monitoring_years",
    "rules/cities/turku.yaml": "adopt: all",
    "rules/sources.yaml": "title: ",
    "rules/fields/candidate.yaml": '  title: {en: "',
}


async def keys(editor: Editor, path: str, mark: str, count: int) -> list[float]:
    """Return the seconds of each key in one file."""
    before = editor.refreshed
    editor.open(path)
    await editor.problems(path)
    await editor.checked(before + 1)  # as after a moment without a key
    took = []
    for _ in range(count):
        start = time.perf_counter()
        editor.type_at(path, mark, "x")
        await editor.problems(path)
        took.append(time.perf_counter() - start)
        await asyncio.sleep(0.05)
    return took


async def whole(editor: Editor, path: str) -> float:
    """Return the seconds from a key to the whole folder read again."""
    start, before = time.perf_counter(), editor.refreshed
    editor.type_at(path, FILES[path], "x")
    await editor.checked(before + 1)
    return time.perf_counter() - start


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(bundled("rules"), Path(folder) / "rules")
        start = time.perf_counter()
        async with Editor(folder) as editor:
            await editor.checked()
            print(f"start to first problems of all files: {time.perf_counter() - start:.2f} s")
            every = []
            for path, mark in FILES.items():
                took = await keys(editor, path, mark, count)
                every += took
                print(
                    f"{path:40} median {median(took) * 1000:4.0f} ms, slowest {max(took) * 1000:4.0f} ms"
                )
            print(
                f"all keys: median {median(every) * 1000:.0f} ms, 95 of 100 {quantiles(every, n=20)[-1] * 1000:.0f} ms"
            )
            first = next(iter(FILES))
            took = [await whole(editor, first) for _ in range(5)]
            print(f"a key to the whole folder read again: median {median(took) * 1000:.0f} ms")


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
