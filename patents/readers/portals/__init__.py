"""The portals whose exports are described, one module each."""
