"""Forms of another purchase among the offers of a tender."""

from collections.abc import Iterator

from offsetcheck.intake.normalise.text import key, shown
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

HINT = "ask the bidder whether the answers, and the price, are meant for this purchase"


def forms_of_another(table: CandidateTable, purchase: Purchase) -> Iterator[Problem]:
    """Yield the forms that were made for another city or another purchase than the tender's.

    Told only where both say so; the answers count all the same, each as its seller's own word.
    """
    city = purchase.value("city")
    title = purchase.title or ""
    for form in table.reading.forms if table.reading else ():
        for said, own in ((form.city, city), (form.purchase, title)):
            if said and isinstance(own, str) and own and key(said) != key(own):
                message = f"the form was made for {shown(said)}, and this purchase is {shown(own)}"
                yield Problem(message, Place(form.file), HINT, Severity.WARNING)
