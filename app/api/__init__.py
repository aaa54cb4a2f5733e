"""How questions come in and answers go out over HTTP."""
