"""Text to tree and back. Knows no finance."""
