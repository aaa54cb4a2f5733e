"""`python -m app.download KEY`: make the folder of files that the server serves."""

import sys

from app.download.cache import make_folder
from app.download.faults import DownloadError
from app.settings import Settings

if __name__ == "__main__":
    try:
        make_folder(Settings(), sys.argv[1])
    except DownloadError as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(1)
