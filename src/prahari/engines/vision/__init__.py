"""What a picture shows: people and vehicles are told from the street, and nobody from anybody else."""
