"""The page of the stage duplicates."""
