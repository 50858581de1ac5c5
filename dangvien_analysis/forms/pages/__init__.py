"""The sheets of a form, one module each; `common` holds what all of them open and close with."""
