"""`python -m sediff`."""

from sediff.cli import main

raise SystemExit(main())
