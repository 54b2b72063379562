"""What is told of the tables of a long list where a file has room for it: of what, and when."""

from dataclasses import dataclass
from datetime import date

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.explain.audit import audit, limits
from offsetcheck.explain.setting import Setting
from offsetcheck.report.index import result_hash


@dataclass(frozen=True, slots=True)
class Told:
    """A title, lines of what a name is and says, and how the first sheet is headed."""

    title: str
    lines: tuple[tuple[str, str | int | None], ...]
    day: date
    language: str
    cover: str
    sheets_title: str
    rows_title: str


def told_of(result: BatchResult, setting: Setting) -> Told:
    """Return what is told of the tables of a judged list."""
    wording = setting.wording
    word = wording.word
    block = audit(setting, (), result_hash(result))
    found = result.rows["verdict"].cast(str).value_counts(sort=True).rows()
    counted = tuple((f"{word(f'verdict.{code}')} ({code})", count) for code, count in found)
    lines: tuple[tuple[str, str | int | None], ...] = (
        (word("formats.city"), wording.city()),
        (word("report.as_of"), block.as_of),
        *counted,
        (word("report.rulebook"), f"{block.rulebook}, {block.edition}"),
        (word("report.rulebook_hash"), block.rulebook_hash),
        (word("report.input"), block.input_hash),
        (word("report.result"), block.result_hash),
        (word("report.engine"), f"offsetcheck {block.engine_version}"),
        (word("report.reproduce"), block.reproduce),
        (word("report.limits"), " ".join(limits(setting))),
    )
    return Told(
        title=word("index.title", count=wording.bare(result.rows.height), city=wording.city()),
        lines=lines,
        day=setting.bound.as_of,
        language=wording.language,
        cover=word("formats.sheet_about"),
        sheets_title=word("formats.sheet"),
        rows_title=word("formats.rows"),
    )
