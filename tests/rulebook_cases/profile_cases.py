"""Known projects and one purchase, put to cities and standards."""

from datetime import date

from offsetcheck.ground.bundled import bundled

from .test_known_projects import (
    CLEAN_SELLER,
    TRADEWATER,
    TRADEWATER_REPORTS,
    WIND,
    WIND_REPORTS,
    dated,
)

DAY = date(2026, 9, 30)
BASKET_DAY = date(2023, 11, 30)
PROFILES = tuple(sorted(file.stem for file in (bundled("rules") / "cities").glob("*.yaml")))
WIND_2023 = WIND | {"issued": 3200000, "issuance_date": "2022-08-15", "serials": "one block"}
BASKET_REPORTS = WIND_REPORTS | {"verification_date": "2022-07-02", "monitoring_end": "2021-12-31"}
HYDRO_2023 = WIND_2023 | {
    "id": "VCS9101",
    "name": "Grouped small hydropower",
    "project_type": "hydropower",
    "capacity_mw": 8,
}
NATURE_2023 = {
    "id": "VCS9102",
    "name": "Biodiversity protection",
    "programme": "VCS",
    "country": "KH",
    "project_type": "redd",
    "mechanism": "reduction",
    "methodology": "VM0009",
    "registry_status": "registered",
    "issued": 900000,
    "retired": 100000,
    "remaining": 800000,
    "vintage": 2020,
    "tonnes": 5000,
    "delivery": "spot",
    "unit_type": "VCU",
    "labels": ["CCB_GOLD"],
    "crediting_start": "2015-01-01",
    "crediting_end": "2044-12-31",
}
PURCHASE = {
    "claim": "neutral",
    "claim_channel": "organisational",
    "year": 2026,
    "tonnes": 100_000,
    "procedure": "direct",
    "budget": 150_000,
    "currency": "EUR",
    "procurement_law": "none",
    "locality_mode": "none",
    "emission_scope": "corporate",
    "inventory_standard": "national",
    "inventory_level": "basic",
    "inventory_year": 2024,
    "separate_reduction_target": True,
    "authorised_by": "council",
    "authorised_tonnes": 100_000,
    "baseline_tonnes": 1_000_000,
    "residual_tonnes": 100_000,
}


def finding(assessment, rule):
    """Give the finding of one rule."""
    return next(f for f in assessment.findings if f.rule == rule)


def ods(judge, city, **more):
    """Judge ACR1129 with its papers in order."""
    return judge(
        DAY,
        record=dated(TRADEWATER, **more),
        reports=dated(TRADEWATER_REPORTS) | CLEAN_SELLER,
        city=city,
    )


def basket(judge, record, city):
    """Judge one lot of the basket of 2023 with its papers in order."""
    return judge(
        BASKET_DAY,
        record=dated(record),
        reports=dated(BASKET_REPORTS) | CLEAN_SELLER,
        city=city,
    )
