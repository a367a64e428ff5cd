"""What is printed: agenda, minutes and report of a review, as documents of several formats."""
