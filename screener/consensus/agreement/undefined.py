"""Why a figure is not defined: the sentences that several figures share."""

from __future__ import annotations

ONE_CATEGORY = "not defined: both reviewers used only one category"
"""Two reviewers, one category: chance alone explains everything."""

ONE_CATEGORY_OF_MANY = "not defined: the reviewers used only one category"
"""The same of any number of reviewers."""

ONE_SCORE = "not defined: the reviewers gave only one score"
"""The same of scores: several categories may stand for one score."""

PERFECT = "not defined: the reviewers agree on every record, so there is no interval"
"""The standard error is 0 because nothing differs."""

NO_ERROR = "not defined: the standard error is 0, so there is no interval"
"""The standard error is 0 although something differs."""
