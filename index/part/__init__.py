"""What a snapshot keeps of its indexes: how they are written, and the server that may hold vectors."""
