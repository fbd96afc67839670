"""The desk for assistants: an MCP server. An assistant asks what a clerk asks, and gets the same answer with the same
fingerprint. Only this room imports the SDK (``servkit[mcp]``)."""
