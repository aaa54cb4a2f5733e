"""Log formats: one line for each message, as text for people or as JSON for programs."""

import json
import logging
import time
from typing import Any, cast

from app.settings import LogFormat


def logging_config(format: LogFormat) -> dict[str, Any]:
    """A configuration for `logging.config.dictConfig`. It hides uvicorn's messages about start and
    shutdown."""
    formatter = "app.logs.JsonLines" if format == "json" else "app.logs.TextLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": "INFO", "handlers": ["standard error"]},
        "loggers": {"uvicorn": {"level": "WARNING"}},
    }


class TextLines(logging.Formatter):
    """Lines such as `2026-11-25 18:00:00,000 INFO hkus.access method=GET …`. The traceback of an
    error follows its line."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        fields = _fields(record)
        if fields:
            record.message = " ".join(f"{name}={value}" for name, value in fields.items())
        record.message = _one_line(record.message)
        return super().formatMessage(record)


class JsonLines(logging.Formatter):
    """One JSON object for each message, in one line, with the traceback; times are in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        seconds, fraction = divmod(record.created, 1)
        time_text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
        line: dict[str, Any] = {
            "time": f"{time_text}.{int(fraction * 1000):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if fields := _fields(record):
            line |= fields
        else:
            line["message"] = record.getMessage()
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def _one_line(text: str) -> str:
    """The text with line breaks and other control characters escaped, as in `\\n`."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _fields(record: logging.LogRecord) -> dict[str, Any] | None:
    """The named values of a message that is a dict, such as a line of the access log."""
    message: object = record.msg
    return cast(dict[str, Any], message) if isinstance(message, dict) else None
