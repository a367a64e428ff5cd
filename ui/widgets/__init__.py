"""Shared widgets that know nothing of a project."""
