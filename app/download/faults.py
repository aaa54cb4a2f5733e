"""The fault of an export."""


class DownloadError(Exception):
    """Nothing was written. The operator sees the message as it is."""
