"""The OpenAPI document, and the answers that it promises."""
