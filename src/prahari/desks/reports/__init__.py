"""Daily progress reports with sign-off, and review meetings."""
