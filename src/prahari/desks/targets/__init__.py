"""Targets and pace: how many cameras are wanted, how many are verified live, and when it will be done."""
