"""All sentences of ours: a bidder's name that stands in them tells nothing of him."""

from collections.abc import Iterator

from offsetcheck.explain.setting import Setting


def own_words(setting: Setting) -> tuple[str, ...]:
    """Return the words, rules, sources, fields and codes of a setting, and what names the city."""
    return tuple(_words(setting))


def _words(setting: Setting) -> Iterator[str]:
    bound, wording = setting.bound, setting.wording
    yield from wording.words.values()
    yield wording.city()
    yield setting.purchase.title or ""
    for rule in bound.rules.values():
        yield rule.title
        for says in rule.says.values():
            yield from says.all
    for guide in bound.guides.values():
        yield guide.title
    dictionary = bound.dictionary
    for field in (*dictionary.candidate.values(), *dictionary.purchase.values()):
        yield wording.pick(field.title)
        yield from (wording.pick(code.title) for code in field.codes.values())
    yield from (wording.pick(kind.title) for kind in dictionary.documents.values())
