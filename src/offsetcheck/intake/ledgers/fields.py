"""What the layout of a ledger may state beside the fields of the dictionary."""

from collections.abc import Mapping

from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, Subject


def _field(name: str, kind: FieldType, title: str) -> Field:
    return Field(name=name, subject=Subject.CANDIDATE, type=kind, title={"en": title})


TONNES, BUFFER, STATE = "lot_tonnes", "buffer_tonnes", "lot_state"
GONE_ON, CANCELLED_ON, GONE_WHY = "gone_on", "cancelled_on", "gone_why"
BENEFICIARY, IS_BUFFER = "beneficiary", "is_buffer"
FIRST, LAST = "serial_first", "serial_last"

LABELLED: Mapping[str, str] = {
    "labelled_ccp": "CCP",
    "labelled_removal": "REMOVAL",
    "labelled_corsia_pilot": "CORSIA_PILOT",
    "labelled_corsia_first": "CORSIA_P1",
    "labelled_adjusted": "A6_ADJUSTED",
}
"""Columns that say yes or no to one label, and the label as the field `labels` has it."""

FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _field(TONNES, FieldType.NUMBER, "Tonnes of the lot"),
        _field(BUFFER, FieldType.NUMBER, "Tonnes of the issuance that went into the buffer"),
        _field(STATE, FieldType.TEXT, "What became of the units"),
        _field(GONE_ON, FieldType.DATE, "Day of the retirement or cancellation"),
        _field(CANCELLED_ON, FieldType.DATE, "Day of the cancellation"),
        _field(GONE_WHY, FieldType.TEXT, "Why the units were cancelled"),
        _field(BENEFICIARY, FieldType.TEXT, "For whom the units were retired"),
        _field(IS_BUFFER, FieldType.BOOLEAN, "Units of the buffer"),
        _field(FIRST, FieldType.NUMBER, "First number of the block"),
        _field(LAST, FieldType.NUMBER, "Last number of the block"),
        *(
            _field(name, FieldType.BOOLEAN, f"Bears the label {label}")
            for name, label in LABELLED.items()
        ),
    )
}


def of_ledgers(dictionary: Dictionary) -> Dictionary:
    """Return a dictionary in which the fields of ledgers stand beside those of offers."""
    return dictionary.model_copy(update={"candidate": {**dictionary.candidate, **FIELDS}})
