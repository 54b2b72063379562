"""A run of examples and scenarios as JUnit XML, which build servers show."""

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from offsetcheck.workshop.tried import Tried

# What XML 1.0 cannot hold, however it is written.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(tried: Iterable[Tried]) -> str:
    """Return one test case for each example or scenario, in one suite for each rule or file.

    No times are written: the same run is the same text.
    """
    everything = tuple(tried)
    root = ET.Element("testsuites", _counts("offsetcheck rules test", everything))
    for of, members in groupby(everything, key=lambda one: one.of):
        cases = tuple(members)
        suite = ET.SubElement(root, "testsuite", _counts(of, cases))
        for case in cases:
            _add(suite, case)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _counts(name: str, cases: tuple[Tried, ...]) -> dict[str, str]:
    failed = sum(case.failure is not None for case in cases)
    return {
        "name": _sayable(name),
        "tests": str(len(cases)),
        "failures": str(failed),
        "errors": "0",
        "skipped": "0",
        "time": "0",
    }


def _add(suite: ET.Element, case: Tried) -> None:
    place = case.place
    attributes = {
        "name": _sayable(case.name),
        "classname": _sayable(f"{case.kind.value}.{case.of}"),
        "file": _sayable(place.file),
        "time": "0",
    }
    if place.line is not None:
        attributes["line"] = str(place.line)
    element = ET.SubElement(suite, "testcase", attributes)
    if case.failure is not None:
        said = {"message": _sayable(case.failure.message), "type": "different"}
        ET.SubElement(element, "failure", said).text = _sayable(str(case.failure))


def _sayable(text: str) -> str:
    return UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", text)
