"""Methods and gates of own sinks as written: what each rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.vocabulary.balance import SinkGate
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import Listed
from offsetcheck.vocabulary.sinks import SinkMethod


class SinkMethodFile(FileModel):
    """What one method of finding a net change rests on."""

    sources: Annotated[tuple[SourceEntry, ...], Listed]


class SinkGateFile(FileModel):
    """What one gate rests on."""

    sources: Annotated[tuple[SourceEntry, ...], Listed]


@dataclass(frozen=True, slots=True)
class SinkRules:
    """Every method and every gate with what it rests on."""

    methods: Mapping[SinkMethod, SinkMethodFile]
    gates: Mapping[SinkGate, SinkGateFile]
