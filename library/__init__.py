"""Where patents are kept: the folder, the store, the columns of a snapshot."""
