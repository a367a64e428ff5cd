"""The page of the stage consensus."""
