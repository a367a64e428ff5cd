"""Where a frozen program begins: `screener`, as the wheel's script does."""

from ui.__main__ import main

main()
