"""The service: composition, HTTP routes and the command line."""
