"""Citizens' reports before officers: found, answered, made an incident of. The rows are the intake desk's."""
