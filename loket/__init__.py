"""The roof: puts the house together; the only place that knows everything.

In an installed wheel the other packages live in `loket/_app`, so that nothing but `loket` enters site-packages; they are put on the
path here.
"""

import sys
from pathlib import Path

_app = Path(__file__).with_name("_app")
if _app.is_dir() and str(_app) not in sys.path:
    sys.path.insert(0, str(_app))
