"""The project file: one SQLite file, its logs of events, its caches."""
