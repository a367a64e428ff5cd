"""The pages on which a reviewer answers a form in their own copy."""
