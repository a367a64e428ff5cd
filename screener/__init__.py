"""The review in plain Python: no Qt, usable from a notebook."""
