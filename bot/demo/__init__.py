"""The offline demo: a Bot API stand-in with its page, and the seed of a company."""
