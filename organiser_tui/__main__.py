"""python -m organiser_tui."""

from organiser_tui.cli import main

if __name__ == "__main__":
    main()
