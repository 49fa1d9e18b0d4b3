"""What all desks share: actors, the frame of an action, scope as a database filter, errors, paging, history."""
