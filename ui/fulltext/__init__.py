"""The page of the stage fulltext."""
