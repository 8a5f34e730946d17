"""Help while one types, for the fields of the canvas and of the docks alike: a list of what can be typed next."""
