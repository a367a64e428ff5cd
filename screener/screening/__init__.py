"""Screening: one reviewer alone, what is pending, decisions, highlights."""
