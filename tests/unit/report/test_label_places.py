from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.report.label_places import place_labels

ROOM = np.array([6.0, 4.0])


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, up)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0.3, 5.7), st.floats(0.5, 3.5)), min_size=1, max_size=6))
def test_names_of_a_few_sites_do_not_cover_each_other_and_stay_inside(points):
    dots = np.array(points)
    placed = place_labels(dots, [0.8] * len(dots), ROOM)
    boxes = [(x, y - 0.085, x + 0.8, y + 0.085) for x, y in placed]
    assert sum(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i]) < 0.02 * len(boxes)
    assert all(box[0] > -0.1 and box[2] < 6.1 for box in boxes)


def test_a_name_stands_right_of_a_lonely_dot_and_left_at_the_edge():
    (x, _), (far, _) = place_labels(np.array([[1.0, 2.0], [5.8, 2.0]]), [0.8, 0.8], ROOM)
    assert x > 1.0
    assert far + 0.8 < 5.8
