"""The start page and a new review: what is seen before a file is open."""
