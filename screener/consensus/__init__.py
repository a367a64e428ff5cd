"""Consensus: copies and their merge, discrepancies, consensus, agreement."""
