"""The axis of the agreement figures."""

import pytest

from ui.widgets.dotplot import DotPlot, DotRow


@pytest.mark.parametrize(
    ("value", "low", "least"),
    [
        (0.8, 0.6, 0),
        (-0.002, -0.004, 0),  # by chance; the others would be pressed into half the axis
        (-0.002, -0.2, -1),
        (-0.3, None, -1),
    ],
)
def test_the_axis_begins_at_0_unless_a_figure_is_clearly_below(qtbot, value, low, least):
    plot = DotPlot("Figures")
    qtbot.addWidget(plot)
    high = None if low is None else 0.9
    plot.set_rows([DotRow(name="Kappa", value=value, low=low, high=high)])
    assert plot.least == least
    plot.grab()  # a dot below the axis is painted at its edge
