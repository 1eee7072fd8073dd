"""A checked book as a program: what to compute, what to decide, in which order."""
