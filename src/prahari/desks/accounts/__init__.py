"""People, roles, agencies and jurisdictions; signing in."""
