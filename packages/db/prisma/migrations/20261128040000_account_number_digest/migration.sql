-- Another app registration names the same account by another hash. A keyed digest of its number knows it again.
ALTER TABLE accounts ADD COLUMN number_digest TEXT;
