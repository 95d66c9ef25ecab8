"""What every command shares: options, progress, tables."""
