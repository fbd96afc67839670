"""``python -m servkit``: the same program as ``servkit``."""

from servkit.cli import main

if __name__ == "__main__":
    main()
