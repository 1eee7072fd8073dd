"""Recorded option chains: read from files, cleaned day by day, kept small, and priced from."""
