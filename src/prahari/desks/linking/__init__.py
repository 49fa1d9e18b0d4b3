"""Leave to link: consents of private owners, orders of authorities, and what the media engine is told of them."""
