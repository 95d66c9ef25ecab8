"""`python -m api` is `patlas`."""

from api.cli import main

main()
