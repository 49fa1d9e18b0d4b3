"""What the outreach desk's endpoints take and answer."""
