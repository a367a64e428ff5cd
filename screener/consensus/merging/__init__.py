"""Copies written for people, the checks before a merge, and what each of them says."""
