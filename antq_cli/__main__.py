"""`python -m antq_cli` and the `antq` program."""

import sys

from antq_cli.cli.run import run


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
