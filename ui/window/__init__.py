"""The window: the list of stages on the left, the current page on the right; nothing else."""
