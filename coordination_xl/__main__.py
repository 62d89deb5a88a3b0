"""``python -m coordination_xl`` is the command line."""

import sys

from coordination_xl.cli import main

sys.exit(main())
