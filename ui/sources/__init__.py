"""The page of the stage sources."""
