"""Who may open what: permits of cameras, tokens of people, origins of pages."""
