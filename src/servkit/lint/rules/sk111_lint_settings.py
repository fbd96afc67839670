"""``lint:`` in ``servkit.yaml`` names a rule, a severity or an option that there is not.

Why: a rule that was meant to bite, and does not because its name is mistyped, is worse than none.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    lint:
      fail_on: serious  # here
      rules:
        SK606: fatal  # here
        SK602: {level: error}  # here
        SK999: error  # here
      paths:
        "drafts/**": {SK5: never}  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    lint:
      fail_on: warning
      rules:
        SK606: {severity: error, grace: 14}
        SK602: error
      paths:
        "drafts/**": {SK5: off}
"""

CODE = "SK111"
SEVERITY = "error"
