from collections.abc import Iterable, Iterator, Mapping

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.translated import WORDS
from offsetcheck.rulebook.lint.unit import fields
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Place, Problem, Severity

# Codes of countries, and the longer codes of languages, that are taken for those of languages.
TAKEN_FOR: Mapping[str, str] = {
    "dk": "da",
    "swe": "sv",
    "se": "sv",
    "fin": "fi",
    "gb": "en",
    "us": "en",
    "eng": "en",
    "sp": "es",
    "spa": "es",
    "esp": "es",
    "co": "es",
    "mx": "es",
    "dut": "nl",
    "nld": "nl",
    "be": "nl",
    "at": "de",
    "ger": "de",
    "deu": "de",
    "fra": "fr",
    "cz": "cs",
    "ee": "et",
    "gr": "el",
    "jp": "ja",
    "cn": "zh",
    "ua": "uk",
}
# ISO 639-1: what a place is called in a language without words does no harm.
LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
NAME = "name"
Named = tuple[Document, Steps, str]


def languages_have_words(rulebook: Rulebook) -> Iterator[Problem]:
    """Find languages of cities and of texts in which the rulebook has no words."""
    for document, steps, language in _named(rulebook):
        near = _did_you_mean(language, rulebook)
        harmless = steps[0] == NAME and f"{language} " in LANGUAGES and near is None
        if language not in rulebook.words and not harmless:
            hint = near or _listed(rulebook)
            place = document.key_place(steps)
            yield Problem(f"the rulebook has no words in the language `{language}`", place, hint)
    for language, file in _own(rulebook).items():
        near = _did_you_mean(language, rulebook)
        if near is not None:
            message = f"the words of this file are read as those of a language `{language}`"
            yield Problem(message, Place(file), near)


def _did_you_mean(language: str, rulebook: Rulebook) -> str | None:
    meant = TAKEN_FOR.get(language)
    return f"did you mean `{meant}`?" if meant in rulebook.words else None


def _listed(rulebook: Rulebook) -> str:
    known = ", ".join(sorted(rulebook.words))
    return f"it has words in {known}; leave this one out, or add its words under {WORDS}"


def _own(rulebook: Rulebook) -> dict[str, str]:
    """Return the languages of the folder's own words, each with its first file."""
    files = sorted((file for file in rulebook.documents if file.startswith(WORDS)), reverse=True)
    return {file.removeprefix(WORDS).removesuffix(".yaml").split("/", 1)[0]: file for file in files}


def _named(rulebook: Rulebook) -> Iterator[Named]:
    """Yield each language that a file names beside English, and where."""
    for name, city in rulebook.cities.items():
        document = rulebook.documents.get(f"cities/{name}.yaml")
        if document is not None:
            yield from _of(document, (NAME,), city.name)
            yield from _of(document, ("remedy",), _languages_of(city.remedy))
            for index, language in enumerate(city.languages):
                yield document, ("languages", index), language
    for name, jurisdiction in rulebook.jurisdictions.items():
        document = rulebook.documents.get(f"jurisdictions/{name}.yaml")
        if document is not None:
            yield from _of(document, (NAME,), jurisdiction.name)
    for file, steps, field in fields(rulebook):
        document = rulebook.documents[file]
        yield from _of(document, (*steps, "title"), field.title)
        yield from _of(document, (*steps, "question"), field.question)
    for rule in rulebook.rules.values():
        yield from _of(rule.document, ("says",), rule.file.says)
        if rule.file.condition is not None:
            yield from _of(rule.document, ("condition",), rule.file.condition)


def _languages_of(remedy: Mapping[str, str] | None) -> Iterable[str]:
    """Return the languages of a remedy; a text that serves in any language is in none."""
    return (language for language in remedy or () if len(language) > 1)


def _of(document: Document, steps: Steps, texts: Iterable[str]) -> Iterator[Named]:
    for language in texts:
        if language != "en":
            yield document, (*steps, language), language


CHECK = Check(
    id="translations.language_unknown",
    severity=Severity.WARNING,
    title="A language has no words",
    finds=(
        "Languages of cities, of titles, questions and sentences in which the rulebook has no "
        "words, names in what is no language, and folders of words named by a country."
    ),
    why=(
        "No page is ever written in it: the text is never shown, and letters to bidders come in "
        "another language."
    ),
    wrong="""\
languages: [fi, se]
""",
    right="""\
languages: [fi, sv]
""",
    step="Write the code of the language (ISO 639-1), not of the country.",
    look=languages_have_words,
)
