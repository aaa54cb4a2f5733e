"""A client for the API of the Hong Kong–United States relations knowledge base."""

from hkus_client.client import Client, ListName, Row
from hkus_client.problems import ProblemError

__all__ = ["Client", "ListName", "ProblemError", "Row"]
