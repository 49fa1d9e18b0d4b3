"""The owner's own pages: register, consent by one-time code, look, confirm, withdraw. No account."""
