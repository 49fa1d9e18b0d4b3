"""Messages to people outside the console: SMS and mail, queued, sent, and accounted for."""
