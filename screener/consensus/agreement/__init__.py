"""Agreement of reviewers: pure figures of tables and counts, and what they are computed from."""
