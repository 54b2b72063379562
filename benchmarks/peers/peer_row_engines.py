"""The engines of rows: each made ready for some requirements, then asked row by row."""

import json
from collections.abc import Callable, Mapping, Sequence

import polars as pl
from peer_rails import Rail, outcome_rails, plain
from peer_rules import FAIL, NOT_APPLICABLE, PASS, kinds_of

from forms import cel_form, clips_form, durable_form, json_logic_form, python_form, zen_form
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import FieldType

Rules = Sequence[BoundRule]
Row = Mapping[str, object]
Names = Mapping[str, str]
# What an engine answers for a row: one truth for each rail, three rails a rule.
Ask = Callable[[Row], Sequence[bool]]
NEUTRAL = {
    FieldType.NUMBER: 0.0,
    FieldType.INTEGER: 0.0,
    FieldType.DATE: 0.0,
    FieldType.BOOLEAN: False,
    FieldType.CODES: [],
    FieldType.INTEGERS: [],
}
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})


def names_of(rules: Rules) -> dict[str, str]:
    """Return plain names for fields, because each language reserves some words."""
    return {name: f"f{at}" for at, name in enumerate(kinds_of(rules))}


def rails_of(rules: Rules) -> list[Rail]:
    """Return three rails for each rule, in order."""
    return [rail for rule in rules for rail in outcome_rails(rule)]


def lists_of(rules: Rules) -> set[str]:
    """Return the fields that hold lists."""
    return {name for name, kind in kinds_of(rules).items() if kind in LISTS}


def cel_rust(rules: Rules, names: Names) -> Ask:
    import cel

    program = cel.compile(cel_form.program(rails_of(rules), names))
    return program.execute


def cel_python(rules: Rules, names: Names) -> Ask:
    import celpy

    environment = celpy.Environment()
    tree = environment.compile(cel_form.program(rails_of(rules), names, cel_form.BESIDE))
    program = environment.program(tree)
    # Both sides of && are worked out: an unknown value is some value of its type, with a flag.
    neutral = {names[name]: NEUTRAL.get(kind, "") for name, kind in kinds_of(rules).items()}

    def ask(row: Row) -> Sequence[bool]:
        values = {n: neutral[n] if value is None else value for n, value in row.items()}
        flags = {f"{name}k": value is not None for name, value in row.items()}
        return program.evaluate(celpy.json_to_cel(values | flags))

    return ask


def zen_expression(rules: Rules, names: Names) -> Ask:
    import zen

    return zen.compile_expression(zen_form.program(rails_of(rules), names)).evaluate


def zen_graph(rules: Rules, names: Names) -> Ask:
    import zen

    decision = zen.ZenEngine().create_decision(zen_form.graph(rails_of(rules), names))
    keys = [f"r{at}" for at in range(3 * len(rules))]

    def ask(row: Row) -> list[bool]:
        told = decision.evaluate(row)["result"]
        return [told[key] for key in keys]

    return ask


def json_logic(rules: Rules, names: Names) -> Ask:
    from json_logic import jsonLogic

    trees = [json_logic_form.json_logic_form(rail, names) for rail in rails_of(rules)]
    return lambda row: [bool(jsonLogic(tree, row)) for tree in trees]


def clips(rules: Rules, names: Names) -> Ask:
    import clips as engine

    base, lists, told = engine.Environment(), lists_of(rules), []
    base.define_function(told.append, name="holds")
    base.build(clips_form.template(names, lists))
    rails = rails_of(rules)
    for at, rail in enumerate(rails):
        own = list(kinds_of([rules[at // 3]]))
        test = clips_form.clips_form(rail, names, lists)
        base.build(clips_form.production(at, test, own, lists, names))
    template, nothing = base.find_template("row"), engine.Symbol("nil")
    multislots = {names[name] for name in lists if name in names}

    def slots(row: Row) -> dict[str, object]:
        said: dict[str, object] = {}
        for name, value in row.items():
            if name in multislots:
                said[name], said[f"{name}k"] = value or [], value is not None
            else:
                said[name] = nothing if value is None else value
        return said

    def ask(row: Row) -> list[bool]:
        told.clear()
        fact = template.assert_fact(**slots(row))
        base.run()
        fact.retract()
        return _truths(told, len(rails))

    return ask


def durable_rules(rules: Rules, names: Names) -> Ask:
    from durable import engine

    class Host(engine.Host):
        def _run(self) -> None:
            """Start no dispatcher: its thread walks sessions that have been deleted."""

    told: list[int] = []
    rails = rails_of(rules)
    host = Host()

    def telling(at: int) -> Callable[[object], None]:
        return lambda _context: told.append(at)  # by one argument it is known as no promise

    made: dict[str, object] = {
        f"r{at}": {"all": [{"m": durable_form.durable_form(rail, names)}], "run": telling(at)}
        for at, rail in enumerate(rails)
    }
    made["zz"] = {"all": [{"m": {"$ex": {"one": 1}}}], "run": lambda _context: None}
    host.register_rulesets({"rows": made})

    def ask(row: Row) -> list[bool]:
        told.clear()
        fact = {name: value for name, value in row.items() if value is not None}
        host.assert_fact("rows", {"id": "row", "one": 1, **fact})
        host.get_ruleset("rows").delete_state("0")
        return _truths(told, len(rails))

    return ask


def _truths(told: Sequence[int], height: int) -> list[bool]:
    truths = [False] * height
    for at in told:
        truths[at] = True
    return truths


def ask_rails(ask: Ask, rows: Sequence[Row]) -> list[Sequence[bool]]:
    """Return what an engine answers for each row: what is timed."""
    return [ask(row) for row in rows]


def outcomes_of_rails(answers: Sequence[Sequence[bool]], rules: Rules) -> pl.DataFrame:
    """Return answers as numbers, in columns by the ids of rules."""
    columns = {}
    for at, rule in enumerate(rules):
        codes = [_code(answer[3 * at : 3 * at + 3]) for answer in answers]
        columns[rule.id] = pl.Series(codes, dtype=pl.Int64)
    return pl.DataFrame({name: columns[name] for name in sorted(columns)})


def _code(rails: Sequence[bool]) -> int | None:
    never, met, missed = (bool(rail) for rail in rails)
    return NOT_APPLICABLE if never else PASS if met else FAIL if missed else None


def rows_of(frame: pl.DataFrame, names: Names) -> list[dict[str, object]]:
    """Return rows as engines of JSON hold them, under plain names."""
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    columns = {
        said: [plain(v) for v in frame[name]] if name in days else frame[name].to_list()
        for name, said in names.items()
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def python_outcomes(rules: Rules, rows: Sequence[Row]) -> list[list[object]]:
    """Return what plain Python comes to, a column for each rule."""
    forms = [python_form.outcome(rule) for rule in rules]
    return [[form(row) for row in rows] for form in forms]


ENGINES: Mapping[str, Callable[[Rules, Names], Ask]] = {
    "zen-engine, one expression": zen_expression,
    "zen-engine, decision graph": zen_graph,
    "CEL in Rust": cel_rust,
    "cel-python": cel_python,
    "json-logic": json_logic,
    "clipspy": clips,
    "durable-rules on raw facts": durable_rules,
}
SPELLERS: Mapping[str, Callable[[Rail, Names, set[str]], object]] = {
    "zen-engine, one expression": lambda rail, names, _: zen_form.zen_form(rail, names),
    "zen-engine, decision graph": lambda rail, names, _: zen_form.zen_form(rail, names),
    "CEL in Rust": lambda rail, names, _: cel_form.cel_form(rail, names),
    "cel-python": lambda rail, names, _: cel_form.cel_form(rail, names),
    "json-logic": lambda rail, names, _: json.dumps(json_logic_form.json_logic_form(rail, names)),
    "clipspy": clips_form.clips_form,
    "durable-rules on raw facts": lambda rail, names, _: durable_form.durable_form(rail, names),
}


def says(peer: str, rule: BoundRule) -> bool:
    """Return whether a peer has a form of a requirement."""
    if rule.is_scale:
        return False
    try:
        if peer == "plain Python":
            python_form.outcome(rule)
            return True
        for rail in outcome_rails(rule):
            SPELLERS[peer](rail, names_of([rule]), lists_of([rule]))
    except TypeError:
        return False
    return True
