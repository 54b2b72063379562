"""What a layer adds to a list must be new there, and what it removes must be in it."""

from collections.abc import Iterator, Sequence
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.policies.known import Declared
from offsetcheck.rulebook.policies.layers import Layer, beginnings, layer_values
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import FileProblems

SAID = {"add": "is in the list already", "remove": "is not in the list"}


def check_list(declared: Declared, layers: Sequence[Layer], file: FileProblems) -> None:
    """Check what the last of some layers changes of a list, on every day on which it stands."""
    own = layers[-1].parameters[declared.full]
    steps: Steps = ("parameters", declared.full)
    for since, setting in own.dated.items():
        if not setting.changes_a_list:
            continue
        place = (*steps, "values", since.isoformat()) if own.values else steps
        beneath = list(_beneath(declared, layers, own, since))
        if any(value is None for value in beneath):
            message = f"there is no list beneath `{declared.full}` that could be changed"
            file.at_key(place, message, "write `value: [a, b]`, the whole list")
            continue
        lists = [frozenset(value) for value in beneath if isinstance(value, tuple)]
        for key, part in setting.parts:
            for index, entry in enumerate(part):
                if lists and all((entry in listed) is (key == "add") for listed in lists):
                    hint = "leave it out"
                    if key == "remove":
                        hint = did_you_mean(str(entry), map(str, lists[-1])) or hint
                    file.at_value((*place, key, index), f"`{entry}` {SAID[key]}", hint)


def _beneath(
    declared: Declared, layers: Sequence[Layer], own: PolicyParameter, since: date
) -> Iterator[Value | None]:
    """Yield what stands beneath a setting on each day of its own on which anything begins."""
    days = {*beginnings(declared.parameter, declared.full, layers), since} - {date.min}
    for day in sorted(days or {date.max}):
        in_force = own.on(day)
        if in_force is not None and in_force[0] == since:
            found = layer_values(declared.parameter, declared.full, layers[:-1], day)
            yield found[-1].value if found else None
