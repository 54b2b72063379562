from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.ground.circles import circle, heights

NAMES = "abcdef"
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES + "xy"), max_size=4), max_size=6
)


def test_a_name_stands_above_all_that_it_rests_on():
    """What is no key of the mapping is the ground; the longest way down counts."""
    assert heights({"a": ["b", "x"], "b": ["c"], "c": []}) == {"c": 1, "b": 2, "a": 3}


def test_circles_are_found():
    """Names that rest on each other are named in their order, the first again at the end."""
    assert circle({"a": ["b"], "b": ["c"], "c": ["a"]}) == ("a", "b", "c", "a")
    assert circle({"a": ["b", "c"], "b": ["c"], "c": ["x is fail"]}) is None
    assert circle({"a": ["b"], "b": ["b"]}) == ("b", "b")


@given(GRAPHS)
def test_a_graph_has_a_circle_or_a_height_for_every_name(graph):
    """Each step of a circle is one of the graph; without a circle each name has a height."""
    found = circle(graph)
    known = heights(graph)
    if found is None:
        assert known.keys() == graph.keys()
    else:
        assert found[0] == found[-1]
        assert all(below in graph[name] for name, below in pairwise(found))
        assert not set(found) & known.keys()
    assert all(known[name] > known.get(below, 0) for name in known for below in graph[name])
