"""One module per format that records are written in."""
