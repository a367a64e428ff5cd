"""The forms of a review: its own and those that come with the program, and their editor."""
