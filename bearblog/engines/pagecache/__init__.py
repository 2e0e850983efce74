"""Finished pages on disk, per host and path, by version: what Caddy serves while the application sleeps."""
