"""What a snapshot keeps of its themes: the format on disk, how it is made, how it is opened."""
