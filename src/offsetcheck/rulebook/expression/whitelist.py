"""What of the parser's tree an expression may hold, and how its branches are found."""

from collections.abc import Sequence

from sqlglot import exp

from offsetcheck.rulebook.expression.nodes import Arithmetic, Comparison

COMPARISONS: dict[type[exp.Expr], Comparison] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
CALCULATIONS: dict[type[exp.Expr], Arithmetic] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
CONDITIONS = frozenset((*COMPARISONS, exp.And, exp.Or, exp.Not, exp.Between, exp.In))
ARGUMENTS: dict[type[exp.Expr], frozenset[str]] = {
    **dict.fromkeys(
        [*COMPARISONS, *CALCULATIONS, exp.And, exp.Or], frozenset({"this", "expression"})
    ),
    **dict.fromkeys([exp.Not, exp.Neg, exp.Paren], frozenset({"this"})),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Contains: frozenset({"this", "expression"}),
    exp.Least: frozenset({"this", "expressions", "ignore_nulls"}),
    exp.Greatest: frozenset({"this", "expressions", "ignore_nulls"}),
    **dict.fromkeys([exp.Exp, exp.Sqrt], frozenset({"this"})),
    exp.Anonymous: frozenset({"this", "expressions"}),
    exp.Column: frozenset({"this", "table"}),
    exp.Identifier: frozenset({"this"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Tuple: frozenset({"expressions"}),
}


def branches(tree: exp.Expr) -> list[exp.Expr]:
    """Return the branches of a chain of one operator without recursion, in order."""
    kind, branches, rest = type(tree), list[exp.Expr](), [tree]
    while rest:
        top = rest.pop()
        if type(top) is kind and not top.args.get("operator"):
            rest.extend([top.expression, top.this])
        else:
            branches.append(top)
    return branches


def arguments(tree: exp.Expr) -> Sequence[exp.Expr]:
    """Return the arguments of a call, whether the parser knows its function or not."""
    if isinstance(tree, exp.Anonymous):
        return list(tree.args.get("expressions") or [])
    if isinstance(tree, exp.Contains):
        return [tree.this, tree.expression]
    return [tree.this, *(tree.args.get("expressions") or [])]


def group(tree: exp.Expr) -> Sequence[exp.Expr]:
    """Return the values in the brackets of `count_in`; one value alone arrives as a bracket."""
    if isinstance(tree, exp.Paren):
        return [tree.this]
    return list(tree.args.get("expressions") or []) if isinstance(tree, exp.Tuple) else []
