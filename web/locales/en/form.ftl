# What every form says.
form-problems-title = Something needs mending
form-optional = (optional)
form-required = (required)
form-cancel = Cancel
