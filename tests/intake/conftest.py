"""A small dictionary by hand, the project's own one, and files written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import (
    Code,
    Dictionary,
    DocumentKind,
    Field,
    FieldType,
    Subject,
)
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.table import CandidateTable

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def make_field(name: str, kind: FieldType, subject: Subject = Subject.CANDIDATE, **more) -> Field:
    codes = {
        code: Code(title={"en": code.replace("_", " ").title()}, spellings=spellings)
        for code, spellings in more.pop("codes", {}).items()
    }
    title = {"en": name.replace("_", " ").capitalize()}
    return Field(name=name, subject=subject, type=kind, title=title, codes=codes, **more)


PROGRAMMES = {
    "VCS": ("Verified Carbon Standard", "verra"), "GS": ("Gold Standard", "GOLD", "gold-standard"),
    "ACR": ("american-carbon-registry",), "CAR": ("climate-action-reserve",), "ART": ("art-trees",),
}  # fmt: skip
STATUSES = {
    "registered": ("Gold Standard Certified Project",), "listed": (), "completed": (), "withdrawn": (),
    "late_to_verify": ("Late to verify",), "on_hold": ("On Hold - see notification letter",),
    "under_validation": ("Under validation",), "request_denied": ("Verification approval request denied",),
}  # fmt: skip
TYPES = {
    "afforestation_reforestation": ("Afforestation/Reforestation", "ARR", "A/R"),
    "improved_forest_management": ("Improved Forest Management", "Forest Carbon"),
    "jurisdictional_redd": ("Jurisdictional REDD+",), "solar_centralised": ("Solar - Centralized",),
    "landfill_methane": ("Landfill Methane",), "several_sectors": ("Several sectors",),
    "waste": ("Waste handling and disposal",), "wetland_restoration": ("ARR,WRC",),
    "ods_destruction": ("Ozone Depleting Substances - U.S. - ARB Compliance",),
    "n2o_nitric": ("N₂O Destruction (Nitric Acid)",), "energy_efficiency": ("Energy Efficiency - Domestic",),
}  # fmt: skip
SCOPES = {
    "land_use": ("Agriculture Forestry and Other Land Use", "Forestry & Land Use", "forest"),
    "waste": ("Waste handling and disposal",), "several": ("Several scopes",),
    "agriculture": ("Livestock, enteric fermentation, and manure management",),
}  # fmt: skip
LABELS = {
    "CCP": ("ICVCM CCP-Approved",),
    "CORSIA_PILOT": ("CORSIA – Pilot Phase, 2021-2023 Eligible",),
    "CCB_GOLD": ("CCB-Gold",),
}
T = FieldType


def candidate_fields() -> list[Field]:
    texts = (
        "name developer seller country subdivision location methodology methodology_version "
        "validator verifier compliance_programme serials currency description"
    )
    days = (
        "registered_on listed_on start_date crediting_start crediting_end first_crediting_start "
        "vintage_start vintage_end registry_snapshot"
    )
    numbers = (
        "estimated_annual issued retired cancelled remaining buffer_deposits reversals_covered "
        "reversals_uncovered monitoring_years irr_without"
    )
    return [
        make_field("id", T.TEXT, aliases=("project id", "gsid")),
        *(make_field(name, T.TEXT) for name in texts.split()),
        *(make_field(name, T.DATE) for name in days.split()),
        *(make_field(name, T.NUMBER) for name in numbers.split()),
        make_field("tonnes", T.NUMBER, range=(0, 1e12), aliases=("volume", "quantity")),
        make_field("price", T.NUMBER, range=(0, 1e9), aliases=("unit price",)),
        make_field("buffer_percent", T.NUMBER, unit="percent", range=(0, 100)),
        make_field("carbon_revenue_share", T.NUMBER, unit="share", range=(0, 1)),
        make_field("vintage", T.INTEGER, range=(1980, 2100), aliases=("vintage year",)),
        make_field("first_vintage", T.INTEGER), make_field("last_vintage", T.INTEGER),
        make_field("state_aid", T.BOOLEAN), make_field("single_use_warranty", T.BOOLEAN),
        make_field("programme", T.CODE, codes=PROGRAMMES, aliases=("standard", "registry")),
        make_field("registry_status", T.CODE, codes=STATUSES, aliases=("status",)),
        make_field("project_type", T.CODE, codes=TYPES, aliases=("type",)),
        make_field("sectoral_scope", T.CODE, codes=SCOPES),
        make_field("mechanism", T.CODE, codes={"reduction": (), "mixed": (), "impermanent_removal": ("Impermanent Removal",)}),
        make_field("scale", T.CODE, codes={"micro": ("Micro Scale", "Microscale"), "large": ("Large Scale",)}),
        make_field("legal_requirement", T.CODE, codes={"none": (), "exists_enforced": ()}),
        make_field("delivery", T.CODE, codes={"spot": (), "forward": ()}),
        make_field("labels", T.CODES, codes=LABELS), make_field("sdgs_claimed", T.INTEGERS, aliases=("sdgs",)),
        make_field("vintage_age", T.NUMBER, derive="purchase.year - vintage"),
    ]  # fmt: skip


def purchase_fields() -> list[Field]:
    def of(name: str, kind: FieldType, **more) -> Field:
        return make_field(name, kind, Subject.PURCHASE, **more)

    return [
        of("city", T.TEXT), of("title", T.TEXT), of("deadline", T.DATE), of("currency", T.TEXT),
        of("stage", T.CODE, codes={"screening": (), "clarification": (), "final": ()}),
        of("claim", T.CODE, codes={"neutral": (), "offset": (), "contribution": ()}),
        of("year", T.INTEGER, range=(1990, 2100)), of("tonnes", T.NUMBER, range=(0, 1e12)),
        of("budget", T.NUMBER), of("baseline_tonnes", T.NUMBER), of("residual_tonnes", T.NUMBER),
        of("separate_reduction_target", T.BOOLEAN),
        of("residual_share", T.NUMBER, derive="purchase.residual_tonnes / purchase.baseline_tonnes"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    kinds = {
        "risk_report": EvidenceGrade.E2,
        "registry_record": EvidenceGrade.E1,
        "warranty": EvidenceGrade.E4,
    }
    return Dictionary(
        candidate={field.name: field for field in candidate_fields()},
        purchase={field.name: field for field in purchase_fields()},
        documents={
            name: DocumentKind(id=name, title={"en": name}, ceiling=ceiling)
            for name, ceiling in kinds.items()
        },
    )


@pytest.fixture(scope="session")
def own_dictionary() -> Dictionary:
    """The dictionary that travels with the project."""
    return load_rulebook(bundled("rules")).dictionary


@pytest.fixture(scope="session")
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("the real project lists are not beside this checkout")
    return REAL


@pytest.fixture
def read(tmp_path: Path, dictionary: Dictionary) -> Callable[..., CandidateTable]:
    """Write a file of the given name and content and read it as offers."""

    def read_file(content: str | bytes, name: str = "offers.csv") -> CandidateTable:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_offers(path, dictionary)

    return read_file
