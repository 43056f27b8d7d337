"""`python -m roundtable.verify`."""

import sys

from roundtable.verify.cli import main

sys.exit(main())
