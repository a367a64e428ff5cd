"""The report of a review as a document: what was done, what came of it, and what is missing."""
