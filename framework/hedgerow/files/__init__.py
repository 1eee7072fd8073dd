"""Files of the program's own, which the user never asked for."""
