"""A rule file while it is being written: what an editor asks, answered from half a text."""
