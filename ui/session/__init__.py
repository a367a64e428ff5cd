"""The open project of the window, its long actions, keys and preferences."""
