"""Numbers to numbers: routes, sizes, places."""
