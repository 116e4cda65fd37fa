"""What features are made of: requests and replies, routes, forms, cards, lists, buttons, texts.

A feature imports from here and from the store, and from nothing else. To add a kit piece, give it a module of its own
and use it in at least two features.
"""
