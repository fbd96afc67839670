"""`lint` in `servkit.yaml` has an unknown rule, severity or option.

Why: A check with a mistyped name doesn't run, and nobody notices.

Fix: Correct the name. `servkit rule` lists the rules and their options.

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
