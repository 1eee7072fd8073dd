"""`cerebro.plot()` draws the account, the trades and the signals without a screen."""

from datetime import date

import matplotlib
from hedgerow.account.assumptions import Assumptions

from tests.host.runs import CORE, own_cerebro


def test_a_plot_shows_the_signals_in_the_words_of_the_rules():
    matplotlib.use("Agg")
    from matplotlib import pyplot  # Backtrader asks for a window system unless this came first

    cerebro, _ = own_cerebro(CORE, Assumptions(start=date(2012, 1, 3), end=date(2012, 6, 29)))
    cerebro.run()
    ((figure,),) = cerebro.plot(iplot=False)
    words = {
        text.get_text()
        for axes in figure.axes
        if (legend := axes.get_legend()) is not None
        for text in legend.get_texts()
    }
    pyplot.close("all")
    assert any(text.startswith("VIX ") for text in words)
    assert not any("array" in text for text in words)
