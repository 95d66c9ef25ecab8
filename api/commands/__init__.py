"""The commands of `patlas`: each translates its options, calls `api.service` and prints."""
