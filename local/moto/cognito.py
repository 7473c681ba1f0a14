"""The user pool of the local stack: moto's, taught what AWS does and moto does not.

Every user has a secret of an own for an authenticator app; its codes are judged by the stack's clock, one step early or
late, each once. Wrong ones are refused as AWS refuses them. Users, secrets and used codes outlive a restart: they lie
in the file STATE, which is of this machine alone. There is one pool, called by its names in template.yaml, in whatever
region is asked. The attribute `custom:totp` gives a user the secret that it says; AWS has no such thing.
"""
import base64
import hashlib
import hmac
import json
import os
import secrets
import struct
import threading

from moto.cognitoidp import models, responses
from moto.cognitoidp.exceptions import CodeMismatchException, NotAuthorizedError, UserNotFoundError
from moto.core.responses import ActionResult

POOL, CLIENT = "UserPool", "UserPoolClient"
SECRET = "custom:totp"
STEP = 30
SESSION = 15 * 60
POLICY = {"PasswordPolicy": {"MinimumLength": 8, "MaximumLength": 257, "RequireUppercase": False, "RequireLowercase": False,
                             "RequireNumbers": False, "RequireSymbols": False}}


def code(secret, step):
    """RFC 6238 with SHA-1 and six digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Users:
    """What is kept of each user: password, secret, secret to come, and the steps whose codes were used."""

    def __init__(self, file, now):
        self.file = file
        self.now = now
        self.lock = threading.RLock()
        self.backends = []
        self.kept = {}
        if os.path.exists(file):
            with open(file, encoding="utf-8") as state:
                self.kept = json.load(state)

    def pool(self, backend):
        pool = models.CognitoIdpUserPool(backend.account_id, backend.region_name, POOL, {"Policies": POLICY, "MfaConfiguration": "OPTIONAL"})
        pool.id = POOL
        client = models.CognitoIdpUserPoolClient(POOL, False, {})
        client.id = CLIENT
        pool.clients[CLIENT] = client
        for name, one in self.kept.items():
            user = models.CognitoIdpUser(POOL, name, one["password"], one["status"], [])
            user.enabled = one["enabled"]
            user.totp, user.pending, user.used = one["totp"], "", list(one["used"])
            self.asks(user, bool(one["asked"]))
            pool.users[name] = user
        backend.user_pools[POOL] = pool
        self.backends.append(backend)

    @staticmethod
    def asks(user, asked):
        user.token_verified = user.software_token_mfa_enabled = asked
        user.preferred_mfa_setting = "SOFTWARE_TOKEN_MFA" if asked else ""

    def save(self):
        with self.lock:
            self.kept = {
                user.username: {
                    "password": user.password,
                    "status": user.status,
                    "enabled": user.enabled,
                    "totp": getattr(user, "totp", ""),
                    "asked": user.preferred_mfa_setting == "SOFTWARE_TOKEN_MFA",
                    "used": getattr(user, "used", []),
                }
                for backend in self.backends
                for pool in backend.user_pools.values()
                for user in pool.users.values()
            }
            with open(os.open(self.file + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as state:
                json.dump(self.kept, state)
            os.replace(self.file + ".new", self.file)

    def judge(self, user, secret, typed):
        with self.lock:
            step = int(self.now().timestamp()) // STEP
            spent = user.used if secret == user.totp else []  # those of another secret were other codes
            for one in (step, step - 1, step + 1):
                if one not in spent and secret and hmac.compare_digest(code(secret, one), typed):
                    user.used = [used for used in spent if used > step - 3] + [one]
                    self.save()
                    return
        raise CodeMismatchException("Invalid code received for user")


def wrap(state, now):
    users = Users(state, now)
    backend = models.CognitoIdpBackend
    times = {}

    made = backend.__init__

    def begin(self, region_name, account_id):
        made(self, region_name, account_id)
        if region_name != "global":
            users.pool(self)

    def saving(name):
        plain = getattr(backend, name)

        def saved(self, *args, **kwargs):
            answer = plain(self, *args, **kwargs)
            users.save()
            return answer

        setattr(backend, name, saved)

    created = backend.admin_create_user

    def admin_create_user(self, user_pool_id, username, message_action, temporary_password, attributes):
        given = {one["Name"]: one["Value"] for one in attributes or []}
        user = created(self, user_pool_id, username, message_action, temporary_password, [])
        user.totp, user.pending, user.used = given.get(SECRET, ""), "", []
        users.asks(user, SECRET in given)
        return user

    initiated = backend.admin_initiate_auth

    def admin_initiate_auth(self, *args, **kwargs):
        try:
            answer = initiated(self, *args, **kwargs)
        except (UserNotFoundError, NotAuthorizedError) as refused:
            raise NotAuthorizedError("Incorrect username or password.") from refused  # as the client is told to
        if "Session" in answer:
            times[answer["Session"]] = now().timestamp()
        return answer

    responded = backend.respond_to_auth_challenge

    def respond_to_auth_challenge(self, session, client_id, challenge_name, challenge_responses):
        if session not in self.sessions or not 0 <= now().timestamp() - times.get(session, 0) < SESSION:
            raise NotAuthorizedError("Invalid session for the user.")
        if challenge_name != "SOFTWARE_TOKEN_MFA":
            return responded(self, session, client_id, challenge_name, challenge_responses)
        username, pool = self.sessions[session]
        if username != challenge_responses.get("USERNAME"):
            raise NotAuthorizedError("Invalid session for the user.")
        user = self.admin_get_user(pool.id, username)
        users.judge(user, user.totp, challenge_responses.get("SOFTWARE_TOKEN_MFA_CODE", ""))
        del self.sessions[session]
        return self._log_user_in(pool, pool.clients[client_id], username)

    def holder(self, access_token):
        for pool in self.user_pools.values():
            if access_token in pool.access_tokens:
                return self.admin_get_user(pool.id, pool.access_tokens[access_token][1])
        raise NotAuthorizedError("Invalid Access Token")

    def associate_software_token(self, access_token, session):
        user = holder(self, access_token)
        user.pending = base64.b32encode(secrets.token_bytes(20)).decode()
        return {"SecretCode": user.pending}

    def verify_software_token(self, access_token, session, user_code, friendly_device_name):
        user = holder(self, access_token)
        users.judge(user, user.pending, user_code)
        user.totp, user.pending, user.token_verified = user.pending, "", True
        users.save()
        return {"Status": "SUCCESS"}

    def revoke_token(self):
        token = self._get_param("Token")
        for one in users.backends:
            for pool in one.user_pools.values():
                pool.refresh_tokens.pop(token, None)
        return ActionResult({})

    confirmed = backend.confirm_forgot_password

    def confirm_forgot_password(self, client_id, username, password, confirmation_code):
        for pool in self.user_pools.values():
            user = pool._get_user(username)
            if user and (not user.confirmation_code or user.confirmation_code != confirmation_code):
                raise CodeMismatchException("Invalid verification code provided, please try again.")
        confirmed(self, client_id, username, password, confirmation_code)
        users.save()

    def of_client(self, client_id):
        return models.cognitoidp_backends[self.account_id][self.region_name]  # each region has one, called alike

    models.RegionAgnosticBackend._find_backend_for_clientid = of_client
    backend.__init__ = begin
    backend.admin_create_user = admin_create_user
    backend.admin_initiate_auth = admin_initiate_auth
    backend.respond_to_auth_challenge = respond_to_auth_challenge
    backend.associate_software_token = associate_software_token
    backend.verify_software_token = verify_software_token
    backend.confirm_forgot_password = confirm_forgot_password
    responses.CognitoIdpResponse.revoke_token = revoke_token
    for name in ("admin_create_user", "admin_set_user_password", "admin_set_user_mfa_preference", "admin_delete_user",
                 "admin_disable_user", "admin_enable_user"):
        saving(name)
