"""What engines and desks share: messages, ports, subjects, tables, tokens. Imports core only."""
