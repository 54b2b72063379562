"""How far the answers for a list hang on the numbers of the rules: the order of the rooms."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.api.case import Case, open_case
from offsetcheck.api.progress import Progress, followed, unwatched
from offsetcheck.api.request import Request, city_words
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.sensitivity import Swept, swept, tasks
from offsetcheck.difference.sensitivity_told import SweepNarrator, bidder_lines
from offsetcheck.difference.terms import Terms
from offsetcheck.difference.weight_draws import Order, best_rows, order_of
from offsetcheck.engine.columns.sweep import Sweep
from offsetcheck.rulebook.binding.bound import Scheme
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.sensitivity import SensitivityExplanation

DRAWS, SEED, KNIFE_EDGE = 500, 1, 1.0
MOST_DRAWS = 20_000
MOST_ROWS = 65_536
MOST_BIDDERS = 20
CONCENTRATION = 50.0
"""How close drawn weights lie to the scheme's: a weight of 40 % lies within 26 to 54 % mostly."""
PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Sweeping:
    """How many sets of weights are drawn from which seed, and what percent makes a knife-edge."""

    draws: int = DRAWS
    seed: int = SEED
    knife_edge: float = KNIFE_EDGE


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What turns on a list, explained, with the words of its page and how the list was read."""

    explained: SensitivityExplanation
    words: Mapping[str, str]
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...]


def sensitivity(
    request: Request, rulebook: Rulebook, how: Sweeping, progress: Progress = unwatched
) -> Sensitivity:
    """Return how many answers of a list turn where each threshold or weight is another number.

    The same list, rules, day and seed give the same result. Raises RequestError for a list that is
    empty or too long, or a number of draws that is.
    """
    case = open_case(request, rulebook)
    _check(case, how)
    speech = Speech(case.setting.wording)
    sweep = Sweep(case.table, case.bound, case.purchase)
    todo = tasks(sweep, case.bound)
    steps = followed(todo, len(todo), "numbers tried", progress)
    found = [swept(task, sweep) for task in steps]
    draws = drawn(case.bound.scheme, how)

    def told(done: int) -> None:
        progress(done, how.draws, "draws of weights")

    rows = best_rows(sweep.base, MOST_BIDDERS)
    order = order_of(case.table, rows, Terms(case.bound, case.purchase), draws, told)
    explained = _explained(case, request, how, (found, order))
    return Sensitivity(explained, speech.words, case.problems, case.readings)


def _check(case: Case, how: Sweeping) -> None:
    if not len(case.table):
        raise RequestError.about("on", "the list has no offers")
    if len(case.table) > MOST_ROWS:
        raise RequestError.about(
            "path", f"the list has more than {MOST_ROWS:,} rows", "take a part"
        )
    if not 0 <= how.draws <= MOST_DRAWS:
        raise RequestError.about("draws", f"at most {MOST_DRAWS:,} sets of weights are drawn")


def drawn(scheme: Scheme, how: Sweeping) -> list[dict[str, int]]:
    """Return sets of weights drawn around a scheme's (Dirichlet), the same for the same seed."""
    source = random.Random(how.seed)  # noqa: S311 - nothing is kept secret by it
    weights = {one.id: one.integrity_weight for one in scheme.dimensions if one.integrity_weight}
    total = sum(weights.values())
    found = []
    for _ in range(how.draws):
        parts = {
            name: source.gammavariate(CONCENTRATION * weight / total, 1.0)
            for name, weight in weights.items()
        }
        whole = sum(parts.values())
        found.append({name: max(1, round(PARTS * part / whole)) for name, part in parts.items()})
    return found


def _explained(
    case: Case, request: Request, how: Sweeping, swept_and_drawn: tuple[list[Swept], Order]
) -> SensitivityExplanation:
    found, order = swept_and_drawn
    offers, speech = len(case.table), Speech(case.setting.wording)
    narrator = SweepNarrator(case.bound, speech, offers, how.knife_edge)
    moving = sorted((one for one in found if one.most), key=lambda one: -one.most)
    knives = sum(narrator.is_knife_edge(one) for one in found)
    say = speech.say
    source = request.path.resolve().name
    holds, first = (order.order_holds, order.first_holds) if how.draws else (0, 0)
    return SensitivityExplanation(
        language=request.language,
        city=case.bound.city.id,
        title=say("sensitivity.title", source=source, city=speech.wording.city()),
        source=source,
        day=request.as_of.isoformat(),
        offers=offers,
        seed=how.seed,
        draws=how.draws,
        knife_edge_share=how.knife_edge,
        summary=say("sensitivity.summary", numbers=len(found), moving=len(moving),
                    offers=f"{offers:,}"),
        knife_words=speech.wording.counted("sensitivity.knives", knives,
                                           share=speech.wording.percent(how.knife_edge / 100)),
        lines=tuple(map(narrator.line, moving)),
        quiet_words=speech.wording.counted("sensitivity.quiet", len(found) - len(moving)),
        order_words=say("sensitivity.order", draws=how.draws, seed=how.seed, holds=holds,
                        first=first, bidders=len(order.rows)),
        order_holds=holds,
        first_holds=first,
        bidders=bidder_lines(order, case.table, how.draws, speech),
        reproduce=_reproduced(case, request, how),
    )  # fmt: skip


def _reproduced(case: Case, request: Request, how: Sweeping) -> str:
    words = ["offsetcheck rules sensitivity", f"--on {request.path.resolve().name}"]
    words += [*city_words(case.city_named), f"--as-of {request.as_of.isoformat()}"]
    words += [f"--draws {how.draws}", f"--seed {how.seed}", f"--knife-edge {how.knife_edge:g}"]
    return " ".join([*words, *request.options()])
