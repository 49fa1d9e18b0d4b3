"""Who may hand in events from outside, what came lately, and what citizens report."""
