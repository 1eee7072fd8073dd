"""Who calls the plan, session by session."""
