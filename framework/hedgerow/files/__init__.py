"""Files that are written: those a user asked for, and those of the program's own."""
