"""The camera register: departments, classes, premises, sites and cameras."""
