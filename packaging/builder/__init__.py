"""How Screener is packed; `packaging/build.py` is the command. Standard library only."""
