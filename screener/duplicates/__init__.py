"""Duplicates: candidates, the three outcomes, groups, the kept record."""
