"""The protocol: question, PICOS criteria, exclusion reasons, rules of each stage."""
