"""How each registry writes the serial numbers of a block of units.

One form for each registry; what a form cannot read is no serial number for us, and nothing is
concluded from it. A block runs from `start` to `end`, both among its units, unless a form says that
the last number is the first of the next block.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

_N = r"\d{1,3}(?:[,.' ]\d{3})+(?!\d)|\d{1,20}(?![,.' ]\d{3}(?!\d))"
_FIRST, _LAST = rf"(?P<start>{_N})", rf"(?P<end>{_N})"
_TO = r"\s*(?:to|through|thru|until|-|\.\.+|/|~)\s*"


@dataclass(frozen=True)
class SerialForm:
    """One registry's way to write a block.

    A text of this form holds its `mark`, in any case. Within `series` numbers are given once: two
    blocks of one series that share a number share a unit. The `text` of the pattern has the
    groups `start` and `end`, `series` where the numbers begin anew with each issuance, `project`
    where it holds the registry's number of the project (its id is `id_prefix` and that), and
    `year`, or `from` and `until` (as ddmmyyyy), or `month` and `last_month` (as yymm) where it
    holds the vintage. `per_tonne` numbers are one tonne.
    """

    programme: str
    mark: str
    text: str
    prefix: str = ""
    id_prefix: str = ""
    per_tonne: int = 1
    end_is_next: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form as a pattern, compiled when a serial number is first read."""
        return re.compile(rf"(?<![A-Z0-9_-]){self.text}(?![A-Z0-9_])", re.IGNORECASE)


@cache
def loose() -> re.Pattern[str]:
    """Return a run of numbers in no registry's form, behind what may tell whose they are."""
    series = r"(?P<series>(?:.*(?<![\d,.'])(?<!\d\s))?)"
    return re.compile(rf"{series}{_FIRST}{_TO}{_LAST}\D{{0,40}}", re.IGNORECASE)


FORMS = (
    # 19385-941467007-941467431-VCS-VCU-1507-VER-ET-14-1340-01012020-31122020-1: batch, block,
    # then what describes it. Verra counts its units through, whatever the batch.
    SerialForm(
        "VCS",
        "VCU-",
        rf"\d+-{_FIRST}-{_LAST}-(?:VCS-)?VCU-\d+-[A-Z]+-[A-Z]{{2}}-\d+-(?P<project>\d+)"
        r"-(?P<from>\d{8})-(?P<until>\d{8})-\d",
        prefix="VCU",
    ),
    # GS1-1-UG-GS11236-16-2024-30307-1-19149: the project, the vintage, the issuance, the block
    SerialForm(
        "GS",
        "-GS",
        r"(?P<series>GS\d-\d+-[A-Z]{2}-GS(?P<project>\d+)-\d+-(?P<year>\d{4})-\d+)"
        rf"-{_FIRST}{_TO}{_LAST}",
    ),
    # ACR-US-633-2020-1973-1 to 1000, ART-GY-102-2021-11-1 to 100, FCPF-CI-130-2023-20-1 to 46404
    SerialForm(
        "ACR",
        "ACR-",
        r"(?P<series>ACR-[A-Z]{2}-(?P<project>\d+)-(?P<year>\d{4})-\d+)"
        rf"-{_FIRST}{_TO}{_LAST}",
    ),
    SerialForm(
        "ART",
        "-",
        r"(?P<series>(?:ART|FCPF)-[A-Z]{2}-(?P<project>\d+)-(?P<year>\d{4})-\d+)"
        rf"-{_FIRST}{_TO}{_LAST}",
    ),
    # CAR-1-US-1335-31-983-KS-2025-9205-1 to 5000; ROC in place of the first number for compliance
    SerialForm(
        "CAR",
        "CAR-",
        r"(?P<series>CAR-(?:\d+|[A-Z]+)-[A-Z]{2}-(?P<project>\d+)-\d+-\d+-[A-Z]{1,3}"
        rf"-(?P<year>\d{{4}})-\d+)-{_FIRST}{_TO}{_LAST}",
    ),
    # ISO-1-VAULT-USA-01P4-2026-40170350-40182796: kilograms, the last one the next block's first
    SerialForm(
        "ISOMETRIC",
        "SO-",
        rf"(?P<series>ISO-\d+-[A-Z0-9]+-[A-Z]{{3}}-[A-Z0-9]+-\d{{4}})-{_FIRST}-{_LAST}",
        per_tonne=1000,
        end_is_next=True,
    ),
    # CDC_4_1_1_321_14_R1_XX_CO_1_2_2022, with the block beside it: 1 to 3552
    SerialForm(
        "CERCARBONO",
        "CDC_",
        rf"(?P<series>CDC_(?P<project>\d+)(?:_[A-Z0-9]+)+)[\s:(\[]+{_FIRST}{_TO}{_LAST}",
        id_prefix="CDC-",
    ),
    # BCR-CO-259-14-005-2-2310-2312-0000001-0285913: the id by which the project was listed,
    # which may have changed, the account, the first and the last month, the block
    SerialForm(
        "BIOCARBON",
        "CR-",
        r"(?P<series>[BP]CR-[A-Z]{2}-[A-Z0-9]{1,6}-\d+-\d+-[A-Z0-9]+"
        rf"-(?P<month>\d{{4}})-(?P<last_month>\d{{4}}))-{_FIRST}-{_LAST}",
    ),
    # PV-rPVC-MZ-110200000000034-01052022-30042023-1-2550-SPG: the number of the project is the
    # database's own and not the one that the standard gives it
    SerialForm(
        "PLAN_VIVO",
        "PV-",
        r"(?P<series>PV-[A-Z]+-[A-Z]{2}-\d+-(?P<from>\d{8})-(?P<until>\d{8}))"
        rf"-{_FIRST}-{_LAST}-[A-Z]+",
    ),
    # RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7014: the international log's form, of which the
    # project's number is that of the Clean Development Mechanism
    SerialForm(
        "CDM",
        "-",
        r"(?P<party>[A-Z]{2})-(?P<kind>\d{1,2})-(?P<start>\d{1,15})-(?P<rest>\d-\d-\d-\d+)"
        r"\s*(?:to|-)\s*(?P=party)-(?P=kind)-(?P<end>\d{1,15})-(?P=rest)",
        prefix="CDM",
    ),
)
