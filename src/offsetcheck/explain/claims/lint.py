"""A text held against what the city may say, sentence by sentence and as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offsetcheck.explain.audit import audit
from offsetcheck.explain.claims.chosen import CONTRIBUTION, NOTHING, ClaimBasis
from offsetcheck.explain.claims.holding import Bench, held
from offsetcheck.explain.claims.known import Known
from offsetcheck.explain.claims.languages import is_sure, language_of
from offsetcheck.explain.claims.matching import Hit, Words, hits_in, visible, words_of
from offsetcheck.explain.claims.numbers import tonnes_in, years_in
from offsetcheck.explain.claims.rulings import rulings_of
from offsetcheck.explain.claims.splitting import Sentence, sentences_of
from offsetcheck.explain.claims.statement import may_words, result_hash
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.lexicon.model import Lexicon, LexiconFile
from offsetcheck.vocabulary.claim_kind import BALANCE, ClaimKind, Said
from offsetcheck.vocabulary.claim_statement import ClaimLint, LintSentence, ToName

WORST_LAST = tuple(Said)
ABOUT_CREDITS = BALANCE | {ClaimKind.CONTRIBUTION, ClaimKind.RETIRED, ClaimKind.CREDIT}


@dataclass(frozen=True)
class _Read:
    """A sentence with the words of claims in it."""

    sentence: Sentence
    language: str
    lexicons: tuple[LexiconFile, ...]
    hits: tuple[Hit, ...]


def lint_claim(chosen: ClaimBasis, lexicon: Lexicon, text: str, file: str) -> ClaimLint:
    """Return a text held against what may be said of the chosen lots; `file` is its name."""
    setting, wording = chosen.setting, chosen.setting.wording
    known = Known(chosen)
    read = _read(visible(text), lexicon, wording.language)
    named = any(_names_removals(one, known) for one in read)
    bench = Bench(chosen, lexicon, rulings_of(chosen, lexicon), known, named)
    sentences = tuple(_sentence(n, one, bench) for n, one in enumerate(read, 1))
    concluded = [[one.number, one.said] for one in sentences]
    return ClaimLint(
        language=wording.language,
        city=wording.city(),
        title=purchase_title(setting),
        file=file,
        as_of=setting.bound.as_of.isoformat(),
        allowed=chosen.surest,
        may_words=may_words(chosen),
        summary=_summary(sentences, bench),
        sentences=sentences,
        missing=tuple(_missing(read, bench)),
        lexicon_hash=lexicon.hash,
        audit=audit(setting, (), content_hash([result_hash(chosen), text, concluded])),
    )


def _read(text: str, lexicon: Lexicon, asked: str) -> list[_Read]:
    languages = lexicon.languages
    whole = language_of(text, languages, asked if asked in languages else ENGLISH)
    read, before = [], None
    for sentence in sentences_of(text, languages.values()):
        language = language_of(sentence.text, languages, whole)
        read.append(_words(sentence, language, whole, lexicon, before))
        before = words_of(sentence.text)
    return read


def _words(
    sentence: Sentence, language: str, whole: str, lexicon: Lexicon, before: Words | None
) -> _Read:
    """Return a sentence with its hits: of its language, and of English, in which slogans are.

    Where its words do not tell its language, those of the text's count too.
    """
    own = lexicon.languages[language]
    unsure = () if is_sure(sentence.text, own) else (whole,)
    names = dict.fromkeys((language, *unsure, ENGLISH))
    lexicons = tuple(lexicon.languages[name] for name in names if name in lexicon.languages)
    hits = hits_in(words_of(sentence.text), lexicons, own, before)
    return _Read(sentence, language, lexicons, tuple(hits))


def _names_removals(read: _Read, known: Known) -> bool:
    """Whether a sentence says of the right number of tonnes that they were removed."""
    amounts = tonnes_in(read.sentence.text, read.lexicons)
    removal = any(hit.kind is ClaimKind.REMOVAL and hit.claimed for hit in read.hits)
    return removal and any(amount.is_one_of(known.removals) for amount in amounts)


def _sentence(number: int, read: _Read, bench: Bench) -> LintSentence:
    hits = held(read.sentence.text, read.hits, read.lexicons, bench)
    said = max((Said(hit.said) for hit in hits), key=WORST_LAST.index, default=Said.OK)
    return LintSentence(
        number=number,
        line=read.sentence.line,
        text=read.sentence.text,
        said=said.value,
        said_words=bench.wording.word(f"claims.said.{said.value}"),
        language=read.language,
        hits=hits,
    )


def _summary(sentences: Sequence[LintSentence], bench: Bench) -> str:
    counts = {said: sum(one.said == said.value for one in sentences) for said in Said}
    return bench.wording.word(
        "claims.summary",
        count=len(sentences),
        ok=counts[Said.OK],
        more=counts[Said.MORE_THAN_KNOWN],
        barred=counts[Said.NOT_ALLOWED],
    )


def _missing(read: Sequence[_Read], bench: Bench) -> Iterable[ToName]:
    """Yield what a text that speaks of the credits does not name and has to."""
    hits = [hit for one in read for hit in one.hits]
    if bench.chosen.surest == NOTHING or not any(hit.kind in ABOUT_CREDITS for hit in hits):
        return
    text = "\n".join(one.sentence.text for one in read)
    lexicons = tuple({id(x): x for one in read for x in one.lexicons}.values())
    years = set(years_in(text, lexicons))
    named = {
        "tonnes": any(a.is_one_of(bench.known.tonnes) for a in tonnes_in(text, lexicons)),
        "year": bench.chosen.year in years,
        "vintage": bool(bench.known.vintages & years),
        "programme": bench.known.names_programme(text),
        "retired": any(hit.kind is ClaimKind.RETIRED for hit in hits),
    }
    if bench.chosen.surest == CONTRIBUTION:
        named["no_offset"] = any(
            (hit.kind is ClaimKind.CONTRIBUTION and hit.claimed)
            or (hit.kind in BALANCE and hit.denied)
            for hit in hits
        )
    wording = bench.wording
    for key, is_named in named.items():
        if not is_named:
            title = wording.word(f"claims.lacks.{key}")
            yield ToName(title=title, words=_known(key, bench), filled=False)


def _known(key: str, bench: Bench) -> str:
    """Return what the text would have to name."""
    wording, chosen = bench.wording, bench.chosen
    if key == "tonnes":
        return wording.tonnes(chosen.tonnes)
    if key == "year":
        return str(chosen.year) if chosen.year is not None else wording.word("claims.to_fill")
    if key == "vintage":
        return wording.joined([str(year) for year in sorted(bench.known.vintages)])
    if key == "programme":
        return bench.known.programmes_words()
    return wording.word("claims.to_fill") if key == "retired" else wording.word("claims.no_offset")
