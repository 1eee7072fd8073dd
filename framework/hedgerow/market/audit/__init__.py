"""What is wrong with data of one's own: all of it, counted, with the way out."""
