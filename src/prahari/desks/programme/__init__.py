"""Who is answerable and what is to be done: nodal officers, tasks, escalation, rules, the order register."""
