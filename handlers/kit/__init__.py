"""The kit that features are made of: requests and replies, routes, forms, cards, lists, buttons, texts.

A feature imports from here, from `handlers.understand` and from the store. A kit module is used by at least two
features.
"""
