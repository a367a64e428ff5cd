"""Forms: questions that reviewers answer independently, one by one, at a step of its own."""
