"""The HTTP routes: each translates a request, calls `api.service` and shapes the answer."""
