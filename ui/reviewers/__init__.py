"""The page of the reviewers, in the coordinator's project."""
