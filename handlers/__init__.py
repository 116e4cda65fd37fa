"""The features: one module for each thing that a person can do, with no I/O but the store.

`handlers/all.py` lists them, `handlers/kit/` is what they are made of, `handlers/understand/` reads what people type,
`handlers/texts/` holds every sentence in both languages. To add a feature, see docs/architecture.md.
"""
