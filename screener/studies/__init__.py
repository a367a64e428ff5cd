"""Studies: which reports belong together, and which interventions they test."""
