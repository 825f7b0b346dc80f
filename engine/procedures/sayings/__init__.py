"""What is said of findings, by code and language: one file per floor they come from. A rule in `checks/` has its own beside it.

The lower floors speak no language; here their codes get one. `{name}` are the facts of the finding.
"""
