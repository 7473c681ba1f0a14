"""Credentials and region as awscli finds them, as variables for a shell: `eval "$(.venv/bin/python scripts/account.py)"`.

A profile may assume a role or come from IAM Identity Center (SSO); the Java SDK in our scripts knows variables only, and
knows the region by another name than the Python tools. STUDYGATE_PRINCIPAL is who that is, for what is written down.
"""

import os
import shlex
import sys

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

SET = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "STUDYGATE_PRINCIPAL")


def region(environment, of_profile):
    named = {environment[key] for key in ("AWS_REGION", "AWS_DEFAULT_REGION") if environment.get(key)}
    if len(named) > 1:
        raise SystemExit(f"AWS_REGION and AWS_DEFAULT_REGION differ: {' and '.join(sorted(named))}")
    found = named.pop() if named else of_profile
    if not found:
        raise SystemExit("No region: export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1 (docs/operations.md, step 0)")
    return found


def account(environment):
    """What to set; an absent value is to be unset, or a token of other credentials would stay."""
    session = botocore.session.Session()
    where = region(environment, session.get_config_variable("region"))
    try:
        credentials = session.get_credentials()
        if credentials is None:
            raise SystemExit("No AWS credentials: export AWS_PROFILE=…, or `aws sso login` first (docs/operations.md, step 0)")
        frozen = credentials.get_frozen_credentials()
        who = session.create_client("sts", region_name=where).get_caller_identity()["Arn"]
    except (BotoCoreError, ClientError) as failed:
        raise SystemExit(f"AWS does not take these credentials: {failed}") from None
    return dict(zip(SET, (frozen.access_key, frozen.secret_key, frozen.token, where, where, who)))


def main():
    for key, value in account(os.environ).items():
        print(f"export {key}={shlex.quote(value)}" if value else f"unset {key}")
    print("unset AWS_PROFILE AWS_DEFAULT_PROFILE")


if __name__ == "__main__":
    sys.exit(main())
