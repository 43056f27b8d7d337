"""The application layer: executing commands, the store, documents, people, tokens, and the command line."""
