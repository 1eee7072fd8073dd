"""Public series, fetched as they are published and written as a data folder holds them."""
