"""Every read of the outreach desk: restricted to what the actor may see."""
