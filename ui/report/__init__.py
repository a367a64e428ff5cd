"""The page of the stage report."""
