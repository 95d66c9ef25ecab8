"""Libraries: importing, publishing, settings."""
