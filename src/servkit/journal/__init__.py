"""The journal: what the desk hears, promises, grants and mends. Append-only, in SQLite or PostgreSQL."""
