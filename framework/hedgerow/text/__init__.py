"""What was written, and what is wrong with it. Imports nothing else of the house."""
