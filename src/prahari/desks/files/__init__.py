"""Files that people hand in (signed forms, photographs, videos): sealed at rest, found by their hash."""
