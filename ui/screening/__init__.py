"""The page of the stage screening."""
