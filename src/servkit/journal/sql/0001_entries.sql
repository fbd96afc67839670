-- The entries, in the order of their chain. Everything personal is in salt, customer and body, so that it can be erased
-- while the chain still checks. The same statements run on SQLite and on PostgreSQL.
CREATE TABLE entries (
  position BIGINT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  time TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  customer TEXT,
  salt TEXT,
  body TEXT
);
CREATE INDEX entries_customer ON entries (customer, position);
CREATE INDEX entries_kind ON entries (kind, position);
CREATE TABLE journal_version (version INTEGER NOT NULL);
INSERT INTO journal_version VALUES (1);
