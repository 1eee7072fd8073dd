"""What the world is: contracts, calendars, prices. No trading, no clock of its own."""
