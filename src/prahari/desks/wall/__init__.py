"""The video wall's saved layouts."""
