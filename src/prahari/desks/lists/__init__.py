"""Lists in: workbooks from police stations, departments and associations become premises and a first step."""
