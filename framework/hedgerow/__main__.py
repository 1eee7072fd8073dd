"""`python -m hedgerow` is the command `hedgerow`."""

import sys

from hedgerow.cli.main import main

sys.exit(main())
