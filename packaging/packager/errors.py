"""What can go wrong while packaging, in words for who packages."""


class PackagingError(Exception):
    """A package cannot be made; the message says why and what to do."""


class ToolMissingError(PackagingError):
    """A program or library that packaging calls is not installed; the message says how to get it."""
