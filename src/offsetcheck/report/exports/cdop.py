"""Projects on offer as the Carbon Data Open Protocol describes projects, version 2."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.report.exports.carbon_words import (
    CREDITING_PROGRAMMES,
    PROJECT_LABELS,
    PROJECT_TYPES,
    REGISTRIES,
    SCHEMES,
    SCHEMES_IN_SCOPE,
    STATUSES,
    UNIT_LABELS,
    UNIT_TYPES,
    goal,
    mitigation,
)
from offsetcheck.report.exports.known import Known, day, number, stated, text, values_of, whole
from offsetcheck.vocabulary.result_explanation import ResultExplanation

BUFFER = {
    "buffer_pool_deposits": "buffer_deposits",
    "buffer_pool_release": "buffer_released",
    "buffer_pool_reversal_coverage": "reversals_covered",
    "buffer_pool_reversal_non_coverage": "reversals_uncovered",
}


def cdop_projects(result: ResultExplanation) -> list[dict[str, Any]]:
    """Return one object a project offered, with the fields of which the value is known.

    It holds facts and no judgement: under which rules they were judged is nothing to say here.
    """
    return [stated(_project(values_of(offer.known))) for offer in result.offers]


def _project(known: Known) -> dict[str, Any]:
    programme = text(known, "programme") or ""
    return {
        "project": {
            "location": [_location(known)],
            **_identity(known),
            "mitigation": [_mitigation(known)],
            "status": [_status(known)],
            "project_registration_date": day(known, "registered_on"),
            "project_list_date": day(known, "listed_on"),
            "buffer_pool": _buffer(known),
            "project_level": [
                {"project_level_accreditation": word} for word in _labels(known, PROJECT_LABELS)
            ],
        },
        "methodology": {"versions": [_methodology(known)]},
        "project_stakeholder": {"project_developer_name": text(known, "developer")},
        "crediting_program": {
            "crediting_program": [
                {"crediting_program_name": CREDITING_PROGRAMMES.get(programme), "is_current": True}
            ]
            if programme in CREDITING_PROGRAMMES
            else []
        },
        "registry": {"current_registry": REGISTRIES.get(programme)},
        "validation": {"validation_body_name": text(known, "validator")},
        "vintage": {"vintage": day(known, "vintage_start")},
        "unit": _unit(known),
        "cobenefits": {"sdgs_the_project_plans_to_contribute_to": _goals(known)},
    }


def _identity(known: Known) -> dict[str, Any]:
    identity = text(known, "id")
    return {
        "project_name": text(known, "name"),
        "project_id_type": "current registry project id" if identity else None,
        "project_id": identity,
        "current_registry_project_id": identity,
        "project_description": text(known, "description"),
    }


def _location(known: Known) -> dict[str, Any]:
    from offsetcheck.report.exports.countries import alpha_3, name_of, subdivision

    country = text(known, "country")
    code, name = subdivision(country, text(known, "subdivision")) or (None, None)
    return {
        "country_code": alpha_3(country),
        "country_name": name_of(country),
        "country_subdivision_code": code,
        "country_subdivision_name": name,
    }


def _mitigation(known: Known) -> dict[str, Any]:
    kind = text(known, "project_type")
    return {
        "mitigation_type": mitigation(text(known, "mechanism"), kind),
        "project_type": PROJECT_TYPES.get(kind or ""),
        "estimated_annual_emissions_mitigation": number(known, "estimated_annual"),
    }


def _status(known: Known) -> dict[str, Any]:
    status = STATUSES.get(text(known, "registry_status") or "")
    return {"project_status": status, "is_current": True} if status else {}


def _buffer(known: Known) -> list[dict[str, int | None]]:
    """Return the buffer of a project, which the Protocol has whole or not at all."""
    found = {name: whole(known, field) for name, field in BUFFER.items()}
    return [found] if all(value is not None for value in found.values()) else []


def _unit(known: Known) -> dict[str, Any]:
    kind = UNIT_TYPES.get(text(known, "unit_type") or "")
    serial = text(known, "serials")
    return {
        "descriptor": [{"metric": "tCO2e", "type": kind}] if kind else [],
        "reference": [{"serial_number": serial}] if serial else [],
        "expected_carbon_credit_price": number(known, "price"),
        "unit_level": [
            *({"unit_level_accreditation": word} for word in _labels(known, UNIT_LABELS)),
            *({"unit_level_compliance_eligibility": word} for word in _labels(known, SCHEMES)),
            *(
                {"unit_level_compliance_potential_eligibility": word}
                for word in _labels(known, SCHEMES_IN_SCOPE)
            ),
        ],
    }


def _methodology(known: Known) -> dict[str, str | None]:
    """Return the methodology as it is known: an id or a name, and its version."""
    named = text(known, "methodology")
    return {"methodology": named, "version": text(known, "methodology_version") if named else None}


def _labels(known: Known, words: Mapping[str, str]) -> list[str]:
    """Return the words of the labels for which the Protocol has one, each once."""
    labels = known.get("labels")
    codes = labels if isinstance(labels, tuple) else ()
    return list(dict.fromkeys(words[str(code)] for code in codes if code in words))


def _goals(known: Known) -> list[str]:
    claimed = known.get("sdgs_claimed")
    numbers = claimed if isinstance(claimed, tuple) else ()
    return [said for said in (goal(n) for n in numbers if isinstance(n, int)) if said]
