"""The published JSON Schema of explanations."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from offsetcheck.report.render import render
from offsetcheck.vocabulary.explained import SCHEMA_VERSION
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.tender_explanation import TenderExplanation, explanation_schema
from world import explained, made_setting, offers, tender_explained

KEPT = Path(__file__).parents[2] / "docs" / "schema" / "explanation.schema.json"


def test_the_published_schema_is_current():
    """The schema in the documentation is the one that the code writes."""
    current = json.dumps(explanation_schema(), indent=2, sort_keys=True) + "\n"
    assert KEPT.read_text(encoding="utf-8") == current


def test_json_reports_read_back_as_what_they_were():
    """Each JSON report names the schema's version, and reads back as the same explanation."""
    words = made_setting().wording.words
    for made, kind in (
        (explained(offers()["undecided"]), CandidateExplanation),
        (tender_explained(), TenderExplanation),
    ):
        data = json.loads(render(made, "json", words))
        assert data["schema_version"] == SCHEMA_VERSION
        assert TypeAdapter(kind).validate_json(render(made, "json", words)) == made
