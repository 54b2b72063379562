"""Projects and units on offer under the names of the Climate Action Data Trust, version 2.0.2.

Names are those of its interface (camelCase). A record of another table stands in a list with its
project, as the Trust's own identifiers, by which it would point to it, are given on upload.
"""

from typing import Any

from offsetcheck.report.exports.carbon_words import (
    CREDITING_PROGRAMMES,
    PROJECT_TYPES,
    REGISTRIES,
    SECTORS,
    TRUST_STATUSES,
    mitigation,
)
from offsetcheck.report.exports.known import Known, day, stated, text, values_of, whole
from offsetcheck.vocabulary.result_explanation import ResultExplanation

METRIC = "tCO2e"


def cadtrust_records(result: ResultExplanation, remark: str = "") -> dict[str, list[Any]]:
    """Return the projects offered and the units of each offer, as far as they are known.

    A remark on the whole stands beside the records, which are as the Trust has them.
    """
    known = [values_of(offer.known) for offer in result.offers]
    return {
        "projects": [stated(_project(one)) for one in known],
        "units": [stated(_unit(one)) for one in known],
        **({"remarks": [remark]} if remark else {}),
    }


def _project(known: Known) -> dict[str, Any]:
    programme = text(known, "programme") or ""
    kind = PROJECT_TYPES.get(text(known, "project_type") or "")
    status = TRUST_STATUSES.get(text(known, "registry_status") or "")
    return {
        "projectRegistryName": REGISTRIES.get(programme),
        "projectId": text(known, "id"),
        "projectCreditingProgram": CREDITING_PROGRAMMES.get(programme),
        "projectName": text(known, "name"),
        "projectDescription": text(known, "description"),
        "projectSector": [SECTORS.get(kind or "")],
        "projectType": [kind] if kind else [],
        "projectStatus": status,
        "projectStatusDate": day(known, "registered_on") if status == "Registered" else None,
        "projectUnitMetric": METRIC,
        "methodologies": [
            {
                "methodologyCode": text(known, "methodology"),
                "methodologyVersion": text(known, "methodology_version"),
            }
        ],
        "stakeholders": _stakeholders(known),
        "locations": [_location(known)],
        "validations": [{"validationBody": text(known, "validator")}],
    }


def _stakeholders(known: Known) -> list[dict[str, Any]]:
    developer = text(known, "developer")
    return [{"stakeholderName": developer, "stakeholderType": "Developer"}] if developer else []


def _location(known: Known) -> dict[str, Any]:
    from offsetcheck.report.exports.countries import name_of

    return {
        "locationCountry": name_of(text(known, "country")),
        "locationRegion": text(known, "subdivision"),
    }


def _unit(known: Known) -> dict[str, Any]:
    kind = mitigation(text(known, "mechanism"), text(known, "project_type"))
    return {
        "projectId": text(known, "id"),
        "unitSerialId": text(known, "serials"),
        "unitCount": whole(known, "tonnes"),
        # The Trust divides avoidance by what avoids; the dictionary does not.
        "unitType": None if kind == "Avoidance" else kind,
        "unitVintageYear": whole(known, "vintage"),
        "unitMetric": METRIC,
    }
