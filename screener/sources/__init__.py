"""Sources: searches and the records each one found; one module per file format."""
