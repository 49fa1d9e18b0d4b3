"""The centre's side of the link: connectors come in, viewers of their cameras too."""
