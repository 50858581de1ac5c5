"""`python -m dangvien_analysis` is the `dangvien` command, for where the command itself is not on the path."""

import sys

from dangvien_analysis.cli import main

sys.exit(main())
