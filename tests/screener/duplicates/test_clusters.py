"""Groups never hold a pair that may not be in one group."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from screener.duplicates.clusters import Clusters

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


@given(PAIRS, PAIRS)
def test_no_forbidden_pair_in_a_cluster(joins, forbidden):
    apart = {frozenset(pair) for pair in forbidden if pair[0] != pair[1]}
    clusters = Clusters(lambda one, other: frozenset((one, other)) in apart)
    for one, other in joins:
        assert clusters.join(one, other) == (clusters.root(one) == clusters.root(other))
    for group in clusters.groups():
        assert group == sorted(set(group))
        assert not any(frozenset(pair) in apart for pair in combinations(group, 2))
        assert {clusters.root(place) for place in group} == {group[0]}
        assert sorted(clusters.members(group[-1])) == group


def test_put_together_does_not_ask():
    clusters = Clusters(lambda one, other: True)
    clusters.put_together([2, 0])
    clusters.put_together([])
    assert list(clusters.groups()) == [[0, 2]]
    assert not clusters.join(0, 1)
