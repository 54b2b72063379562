"""A form that a bidder has filled, or the answer to a request, before it is taken in."""

from collections.abc import Mapping
from dataclasses import replace

from offsetcheck.api.incoming import Incoming, IncomingForm, Taken, told_of_table
from offsetcheck.api.questionnaire import rules_of_form
from offsetcheck.explain.wording import Wording
from offsetcheck.intake.questionnaire.filled import FilledForm
from offsetcheck.intake.questionnaire.offers import offers_of_form
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.questionnaire import FormKind


def looked_at(base: Incoming, form: FilledForm, rulebook: Rulebook, wording: Wording) -> Incoming:
    """Return what a filled form holds; raises InputError where no sheet of it holds an offer."""
    base = replace(base, form=_about(form, rulebook))
    if form.kind == FormKind.CLARIFICATION.value:
        offers = tuple(sheet.offer for sheet in form.sheets if sheet.offer)
        return replace(
            base, taken=Taken.ANSWERS, problems=form.problems, count=len(offers), ids=offers
        )
    return told_of_table(base, Taken.FORM, offers_of_form(form, rulebook.dictionary), wording)


def _about(form: FilledForm, rulebook: Rulebook) -> IncomingForm:
    about: Mapping[str, str] = form.about
    return IncomingForm(
        city=about.get("city", ""),
        purchase=about.get("purchase", ""),
        language=about.get("language", ""),
        day=about.get("as_of", ""),
        round=about.get("round", ""),
        rules=rules_of_form(form, rulebook),
    )
