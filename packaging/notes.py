"""Prints the notes of this version's release, cut from the changelog: `python packaging/notes.py`."""

from __future__ import annotations

from packager.product import this_release

if __name__ == "__main__":
    print("\n".join(f"- {each}" for each in this_release().changes))
