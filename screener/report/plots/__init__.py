"""The plots of a review's studies: their ratings, their scores, how many there are of each kind."""
