"""`python -m evaltools`: the same as the command `evaltools`."""

from evaltools.cli import main

main()
