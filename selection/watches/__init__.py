"""预警: what is new in a selection, and what happened to the patents in it, since it was looked at last."""
