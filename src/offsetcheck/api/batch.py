"""The order of the rooms for a batch: many lists, each for one or more cities, into one folder."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.begun import forget
from offsetcheck.api.case import AnyPath
from offsetcheck.api.city import cities_chosen
from offsetcheck.api.judge_list import BatchOptions, Engine, ListJudge, ListResult
from offsetcheck.api.lists import Lists, folder_names, is_tender, lists_in
from offsetcheck.api.output import PROGRAM, result_folder
from offsetcheck.api.progress import Progress, unwatched
from offsetcheck.api.request import Knowledge, Request, columns_file, known_by
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """The results of all lists that could be read, and why others could not."""

    results: tuple[ListResult, ...]
    unread: tuple[Problem, ...]


def batch(
    paths: Iterable[AnyPath],
    rulebook: Rulebook,
    folder: AnyPath,
    *,
    as_of: date,
    cities: Sequence[str] = (),
    registries: Sequence[AnyPath] = (),
    knowledge: str = Knowledge.AS_OF,
    language: str = "en",
    numbers: str | None = None,
    dates: str | None = None,
    columns: AnyPath | None = None,
    options: BatchOptions | None = None,
    replace: bool = False,
    command: str = PROGRAM,
    progress: Progress = unwatched,
    opening: Callable[[Path], None] = lambda _: None,
) -> BatchSummary:
    """Judge lists and tenders, and write tables, an index and reports into a folder.

    A folder with a `purchase.yaml` among `paths`, or within a folder there, is a tender: its
    purchase, evidence, reviews and searches count as in `assess`. Of another folder all lists
    within are judged; `opening` is told of each before it is read. Without `cities` each tender is
    judged for the city that it names itself. `numbers` and `dates` say by a sample how the lists
    write them. One input for one city fills the folder itself, else each has a folder within. The
    folder appears whole or not at all. Raises RequestError for an unknown city, day or option, or a
    list without a city, InputError where nothing can be read, OutputError for a folder that may not
    be written.
    """
    goal = Path(folder)
    request = Request(
        Path(),
        None,
        as_of,
        registries=tuple(Path(registry) for registry in registries),
        knowledge=known_by(knowledge),
        language=language,
        command="batch",
        numbers=numbers,
        dates=dates,
        columns=columns_file(columns),
    )
    chosen_options = options or BatchOptions()
    with result_folder(goal, replace=replace, command=command) as making:
        chosen = cities_chosen(cities, rulebook, "city")
        work = ListJudge(rulebook, chosen, request, chosen_options, goal, progress)
        found = _found([Path(path) for path in paths], chosen_options, registries)
        _refuse_without_city(found.paths, cities)
        folders = result_folders(found.paths, [city.id for city in chosen])
        making.refuse(_files(folders, chosen_options))
        summary = _judge_all(_judge_of(work), folders, making.draft, opening)
        unread = (*found.problems, *summary.unread)
        if not summary.results:
            raise InputError(unread)
    if chosen_options.resume:
        forget(goal)
    return BatchSummary(summary.results, unread)


def result_folders(paths: Sequence[Path], cities: Sequence[str]) -> list[tuple[Path, list[Path]]]:
    """Return each list or tender with the folder of each city, within the folder of results.

    Without cities each has one folder.
    """
    if len(paths) * max(len(cities), 1) == 1:
        return [(paths[0], [Path()])]
    named = zip(paths, folder_names(paths), strict=True)
    return [(path, [Path(name, city) for city in cities] or [Path(name)]) for path, name in named]


def _found(paths: Sequence[Path], options: BatchOptions, registries: Sequence[AnyPath]) -> Lists:
    """Return the lists and tenders that are meant; a table of facts may be a folder."""
    if not options.facts:
        return lists_in(paths)
    if options.engine != Engine.SPARK:
        raise RequestError.about("facts", "tables of facts are read by Spark alone")
    if registries:
        said = "registry lists are not joined to a table of facts"
        raise RequestError.about("facts", said, "write what they say into the table")
    gone = [Problem("there is no such table", Place(str(p))) for p in paths if not p.exists()]
    if gone:
        raise InputError(gone)
    return Lists(tuple(paths), ())


def _refuse_without_city(paths: Sequence[Path], cities: Sequence[str]) -> None:
    """Raise RequestError where a list, which names no city itself, is to be judged for none."""
    lists = [path for path in paths if not is_tender(path)]
    if lists and not cities:
        said = f"name a city with `city`: {lists[0].name} is a list, and names none itself"
        raise RequestError.whole(said)


def _files(folders: Iterable[tuple[Path, Sequence[Path]]], options: BatchOptions) -> list[str]:
    """Return the files that the folder of results will hold, reports of candidates apart."""
    if options.engine == Engine.SPARK:  # folders, which no other program names so
        return []
    return [
        (within / name).as_posix()
        for _, withins in folders
        for within in withins
        for name in options.files
    ]


JudgeList = Callable[[Path, Path, Sequence[Path]], Iterable[ListResult]]


def _judge_of(work: ListJudge) -> JudgeList:
    """Return what judges one list for all cities, by the engine that was asked for."""
    if work.options.engine == Engine.SPARK:
        from offsetcheck.api.judge_spark import SparkJudge

        return SparkJudge(work).judge_list
    if work.options.engine == Engine.STREAM:
        from offsetcheck.api.judge_parts import PartsJudge

        return PartsJudge(work).judge_list
    return work.judge


def _judge_all(
    judge: JudgeList,
    folders: Iterable[tuple[Path, Sequence[Path]]],
    draft: Path,
    opening: Callable[[Path], None],
) -> BatchSummary:
    """Judge every list for every city; a list that cannot be read is left out with its problems."""
    results: list[ListResult] = []
    unread: list[Problem] = []
    for path, withins in folders:
        opening(path)
        try:
            results += judge(path, draft, withins)
        except InputError as error:
            unread += error.problems
    return BatchSummary(tuple(results), tuple(unread))
