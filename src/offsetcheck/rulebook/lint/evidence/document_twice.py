from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def papers_stand_once(rulebook: Rulebook) -> Iterator[Problem]:
    """Find papers that a rule names more than once."""
    for rule in rulebook.rules.values():
        papers = rule.file.evidence.documents
        if len(set(papers)) == len(papers):
            continue
        for index, paper in enumerate(papers):
            if paper in papers[:index]:
                steps = ("evidence", "documents", index)
                place = rule.document.value_place(steps)
                yield Problem(f"`{paper}` stands in this list already", place)


CHECK = Check(
    id="evidence.document_twice",
    severity=Severity.WARNING,
    title="A paper stands twice",
    finds="Kinds of papers that stand more than once in the evidence of a rule.",
    why="The second says nothing: it may stand where another paper was meant.",
    wrong="""\
evidence: {documents: [risk_report, risk_report]}
""",
    right="""\
evidence: {documents: [risk_report, registry_record]}
""",
    step="Leave one out, or write the paper that was meant.",
    look=papers_stand_once,
)
