"""The page of studies: which reports belong to one, and which intervention it tests."""
