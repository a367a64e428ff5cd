"""The archive of a review: one zip with everything that was decided, readable without Screener."""
