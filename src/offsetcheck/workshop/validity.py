"""How far the judgement holds on lists that the rules were not written for: docs/validity.md."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.intake.tender.read import Tender
from offsetcheck.rulebook.binding.bind import bind, bind_guide
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.markdown import command, prose
from offsetcheck.workshop.validity_cases import cases_part, events_part
from offsetcheck.workshop.validity_joined import joined_part
from offsetcheck.workshop.validity_labels import labels_part
from offsetcheck.workshop.validity_partly import partly_part
from offsetcheck.workshop.validity_settled import days_part, settled_part
from offsetcheck.workshop.validity_types import coverage_part, types_part


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list of projects as it was read; `digest` is the SHA-256 of its bytes."""

    name: str
    digest: str
    table: CandidateTable
    purchase: Purchase


@dataclass(frozen=True, slots=True)
class Setting:
    """What the lists are judged by: the guide with all its rules, and some profiles, on a day."""

    rulebook: Rulebook
    guide: BoundRulebook
    profiles: Mapping[str, BoundRulebook]
    day: date


def seen_list(name: str, tender: Tender) -> SeenList:
    """Return a list that was read as a tender of which nothing but the year is known."""
    return SeenList(name, tender.input_hash, tender.table, tender.purchase)


def setting_for(rulebook: Rulebook, profiles: Sequence[str], day: date) -> Setting:
    """Return the guide and the profiles bound to a day; raises RulebookError for an unknown one."""
    bound = {name: bind(rulebook, name, day) for name in profiles}
    return Setting(rulebook, bind_guide(rulebook, day), bound, day)


def validity_page(setting: Setting, lists: Sequence[SeenList]) -> str:
    """Return docs/validity.md: counts over the lists, of which no row is copied.

    Known projects get the best possible papers under the first profile.
    """
    return "\n".join((*_page(setting, lists), ""))


def _page(setting: Setting, lists: Sequence[SeenList]) -> Iterator[str]:
    yield from _head(setting, lists)
    judged = {seen.name: _judged(setting.guide, seen) for seen in lists}
    by_profile = {
        (seen.name, profile): _judged(bound, seen)
        for seen in lists
        for profile, bound in setting.profiles.items()
    }
    tables = {seen.name: seen.table for seen in lists}
    purchases = {seen.name: seen.purchase for seen in lists}
    yield from labels_part(setting.guide, tables, purchases)
    yield from cases_part(next(iter(setting.profiles.values())), tables, setting.rulebook)
    yield from events_part(setting.rulebook, setting.day)
    yield from types_part(setting.rulebook, tables, judged, setting.day)
    yield from coverage_part(setting.rulebook, tables, setting.day)
    yield from settled_part(by_profile)
    yield from partly_part(setting.guide.dictionary, tables, by_profile, setting.profiles)
    yield from joined_part(setting.guide.dictionary, tables)
    yield from days_part(setting.rulebook, tables, purchases, setting.day)


def _judged(bound: BoundRulebook, seen: SeenList) -> BatchResult:
    return assess_table(seen.table, bound, seen.purchase)


def _head(setting: Setting, lists: Sequence[SeenList]) -> Iterator[str]:
    yield "# How far the judgement holds"
    yield ""
    yield from prose(
        "What is counted here are lists that the rules were not written for, and projects that "
        "registries, courts, authorities or studies found wrong. The page rests on lists that do "
        "not travel with the rules. With them at hand it is made anew by"
    )
    yield ""
    named = " ".join(f"--on {seen.name}" for seen in lists)
    cities = " ".join(f"--city {profile}" for profile in setting.profiles)
    day = setting.day.isoformat()
    yield from command(
        f"offsetcheck rules validity {named} {cities} --as-of {day} -o docs/validity.md --force"
    )
    yield ""
    yield f"Judged on {day}."
    yield ""
    yield "| list | rows | SHA-256 |"
    yield "|---|--:|---|"
    for seen in lists:
        yield f"| `{seen.name}` | {len(seen.table):,} | `{seen.digest[:16]}` |"
    yield ""
