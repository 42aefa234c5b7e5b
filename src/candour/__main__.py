"""`candour`: engine commands start at once; those of the product load it first."""

import sys


def main() -> int:
    """Dispatch on the first word; see `candour --help`.

    Exit status 0: an answer was given. 1: an input was unreadable, or a rule refused. 2: usage.
    """
    from candour.command.engines import ENGINES

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ENGINES:
        return ENGINES[name](sys.argv[2:])
    # Only from here on: typer, pydantic and Django together take most of a second to load.
    from candour.command.product import product

    return product()


if __name__ == "__main__":
    sys.exit(main())
