"""Full text: reports sought, retrieved or not."""
