"""Decision files drawn at random, with the rules that they judge and the words of some findings."""

from worlds import make_rule

from offsetcheck.rulebook.binding.bound import Decisions
from offsetcheck.vocabulary.finding import Effect, State

STATES = tuple(State)
FLOORS = ("below_floor", "floor_open", "reaches_floor")


def random_rules(random):
    """Return rules of every effect, more than fit into one conjunction."""
    effects = (Effect.GATE, Effect.GATE, Effect.REVIEW, Effect.CAP, Effect.CLAIM_LIMIT)
    return tuple(
        make_rule(f"größe.regel{i}", effect=random.choice(effects), draft=random.random() < 0.1)
        for i in range(random.randint(1, 40))
    )


def random_decisions(random, rules):
    """Return a decision file: any, every, and conjunctions of words and earlier conclusions."""
    conclusions_, names = {}, [f"word{i}" for i in range(random.randint(2, 8))]
    for place, name in enumerate(names):
        entries = [random_entry(random, rules, names[:place]) for _ in range(random.randint(1, 3))]
        conclusions_[name] = tuple(entries)
    return Decisions(tuple(reversed(names)), conclusions_)


def random_entry(random, rules, earlier):
    """Return one way to a conclusion."""
    states = tuple(random.sample([state.value for state in STATES], random.randint(1, 2)))
    form = random.choice(("any", "every", "all", "all"))
    if form == "all":
        words = [f"{r.id} is {random.choice(STATES).value}" for r in rules] + list(earlier) * 3
        words += [f"integrity {floor}" for floor in FLOORS] + ["every_gate_clear"]
        return {"all": tuple(random.sample(words, random.randint(1, min(18, len(words)))))}
    finding = states if form == "any" else states[0]
    return {form: {"effect": random.choice(("gate", "review", "cap")), "finding": finding}}


def random_words(random, rules):
    """Return the words of some findings."""
    lean = random.choice(STATES)
    states = {r.id: lean if random.random() < 0.8 else random.choice(STATES) for r in rules}
    words = {f"{rule} is {state.value}" for rule, state in states.items()}
    return words | {f"integrity {random.choice(FLOORS)}"} | {"every_gate_clear"}
