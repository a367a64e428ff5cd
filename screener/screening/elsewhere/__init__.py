"""Decisions made in other tools, taken into a reviewer's copy."""
