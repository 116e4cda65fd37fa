"""The store: the encrypted file, and every SQL statement of the project.

One module per aggregate (`customers`, `complaints`, `followups`, …), each with functions that take `(tx, actor, …)`;
`store/rules/` holds what needs no database. To add an aggregate: its table in a new file of `migrations/`, its views in
`predicate.sql`, its record in `kinds.py`, and a line for each column in `tests/personal_columns.py`.
"""
