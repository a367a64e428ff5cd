"""The page of the stage protocol."""
