# Sourced by scripts that speak to AWS: credentials and region as awscli finds them, both names of the region, who that is.

# sets the variables of scripts/account.py; prints one line when it fails
use_account() {
  local found
  scripts/tools || return 1
  found=$(.venv/bin/python scripts/account.py) || return 1
  eval "$found"
}

# stack, name of an output; nothing where the stack has no such output
output_of() {
  .venv/bin/aws cloudformation describe-stacks --stack-name "$1" --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue" --output text
}
