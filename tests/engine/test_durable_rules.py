"""How durable-rules is used: its ids, its threads, its errors, and the memory that it keeps."""

import os
from pathlib import Path
from threading import Thread

import pytest

from offsetcheck.engine.conclude import Concluder, concluder, conclusions
from offsetcheck.rulebook.binding.bound import ConclusionRule
from offsetcheck.vocabulary.problem import OffsetcheckError

durable_rules = pytest.importorskip(
    "offsetcheck.engine.durable_rules",
    reason="durable-rules is not installed",
    exc_type=ImportError,
)
Conclusions = durable_rules.DurableConclusions
CHAIN = (ConclusionRule("a", ("x",)), ConclusionRule("b", ("a",)))


def test_ids_with_one_hash_are_refused():
    """durable-rules would take these two ids for the same fact, so compiling them is refused."""
    assert durable_rules.fnv32("P329599") == durable_rules.fnv32("P532382")
    with pytest.raises(ValueError, match="P329599 and P532382 have one hash"):
        durable_rules.check_ids(["P1", "P329599", "P532382"])


def test_words_with_one_hash_stay_apart():
    """Words are not ids: two whose hashes collide are told apart all the same."""
    rules = (ConclusionRule("a", ("P329599",)), ConclusionRule("b", ("P532382",)))
    assert Conclusions(rules).conclude({"P532382"}).words == {"P532382", "b"}


def test_what_an_action_raises_is_raised_again(monkeypatch):
    """The engine swallows exceptions of actions; ours come out, and the next session is sound."""
    compiled = Conclusions(CHAIN)
    honest = compiled._assert

    def broken(assert_fact, code):
        if code == compiled._codes["a"]:
            raise RuntimeError("lost")
        honest(assert_fact, code)

    with monkeypatch.context() as patch:
        patch.setattr(compiled, "_assert", broken)
        with pytest.raises(RuntimeError, match="lost"):
            compiled.conclude({"x"})
    assert compiled.conclude({"x"}).words == {"x", "a", "b"}


def test_a_failing_clean_up_does_not_mask_what_failed_first(monkeypatch):
    """The first error comes out, and that the session could not be deleted is noted on it."""
    compiled = Conclusions(CHAIN)
    _break(compiled, monkeypatch)
    with pytest.raises(RuntimeError, match="first") as raised:
        compiled.conclude({"x"})
    assert raised.value.__notes__ == ["after it: OSError: second"]


def test_after_a_failed_clean_up_nothing_more_is_concluded(monkeypatch):
    """Facts left over would enter the next answer, so there is none."""
    compiled = Conclusions(CHAIN)
    with monkeypatch.context() as patch:
        _break(compiled, patch)
        with pytest.raises(RuntimeError):
            compiled.conclude({"x"})
    with pytest.raises(OffsetcheckError, match="could not be cleared away"):
        compiled.conclude(set())
    assert Conclusions(CHAIN).conclude({"x"}).words == {"x", "a", "b"}


def _break(compiled, patch):
    """Let asserting and then deleting the session fail."""

    def failing(error):
        def fail(*_):
            raise error

        return fail

    ruleset = durable_rules._host().get_ruleset(compiled._name)
    patch.setattr(compiled, "_assert", failing(RuntimeError("first")))
    patch.setattr(ruleset, "delete_state", failing(OSError("second")))


def test_a_second_thread_is_refused_and_named():
    """On another thread neither an old nor a new rule set answers; the first goes on."""
    compiled = Conclusions(CHAIN)
    compiled.conclude({"x"})
    refusals = []

    def ask():
        for question in (lambda: compiled.conclude({"x"}), lambda: Conclusions(CHAIN)):
            try:
                refusals.append(question())
            except OffsetcheckError as error:
                refusals.append(str(error))

    thread = Thread(target=ask, name="clerk")
    thread.start()
    thread.join()
    for refusal in refusals:
        assert "the thread “clerk” asks" in refusal
        assert "belongs to the thread “MainThread”: one thread a process" in refusal
    assert len(refusals) == 2
    assert compiled.conclude({"x"}).words == {"x", "a", "b"}


def test_it_concludes_where_it_is_installed(monkeypatch):
    """Without a wish, durable-rules is asked before the fixpoint."""
    monkeypatch.delenv("OFFSETCHECK_CONCLUDER", raising=False)
    assert concluder() is Concluder.DURABLE_RULES
    assert isinstance(conclusions(CHAIN), Conclusions)


def resident_bytes():
    """Return the memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux to read memory")
def test_a_hundred_thousand_sessions_leave_memory_flat():
    """Each session is deleted: 100,000 of them add less than two megabytes."""
    chain = (ConclusionRule("a", ("x", "y")), ConclusionRule("b", ("a", "z")))
    compiled = Conclusions(chain)
    patterns = [({"x", "y", "z"}, True), ({"x"}, False), ({"y", "x"}, False), (set(), False)]
    for words, _ in patterns * 500:
        compiled.conclude(words)
    before = resident_bytes()
    for words, expected in patterns * 25_000:
        assert ("b" in compiled.conclude(words).words) is expected
    assert resident_bytes() - before < 2_000_000
