"""The window: what the reviewer sees. Qt, and no rules of the review."""
