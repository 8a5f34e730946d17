"""Makes packages of the editor that people install; `packaging/build.py` is the front door."""
