"""One module per format that reference files come in."""
