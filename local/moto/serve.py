"""SNS, SES, secrets and the user pool for the local stack: moto on loopback, and what was sent as lines of JSON.

    serve.py PORT SENT CLOCK USERS     stops when its standard input ends

moto checks requests as AWS does, but keeps in memory alone what was sent, and not all of a mail: the wrappers write
each message to the file SENT before its sender is answered, with the time of CLOCK (the file that says how far ahead of
the machine's the functions' clock is). The users of the pool lie in the file USERS (cognito.py).
"""
import datetime
import json
import os
import re
import sys
import threading

os.environ["MOTO_ALLOW_NONEXISTENT_REGION"] = "true"  # a test has a region of its own

import cognito
from moto.server import ThreadedMotoServer
from moto.sesv2.responses import SESV2Response
from moto.sns.models import sns_backends
from moto.core import DEFAULT_ACCOUNT_ID

AHEAD = re.compile(r"PT(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?")


class Sent:
    def __init__(self, file, clock):
        self.file = file
        self.clock = clock
        self.lock = threading.Lock()

    def now(self):
        ahead = datetime.timedelta()
        if os.path.exists(self.clock):
            with open(self.clock, encoding="utf-8") as file:
                hours, minutes, seconds = (float(part or 0) for part in AHEAD.match(file.read()).groups())
            ahead = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return datetime.datetime.now(datetime.timezone.utc) + ahead

    def note(self, kind, to, text, subject="", html=""):
        line = json.dumps({"kind": kind, "to": to, "subject": subject, "text": text, "html": html, "at": self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")})
        with self.lock, open(self.file, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def wrap_mail(sent):
    accepted = SESV2Response.send_email

    def send_email(self):
        answer = accepted(self)  # refuses what AWS would refuse
        request = json.loads(self.body)
        simple = request.get("Content", {}).get("Simple", {})
        body = simple.get("Body", {})
        for address in request.get("Destination", {}).get("ToAddresses", []):
            sent.note("mail", address, body.get("Text", {}).get("Data", ""),
                      simple.get("Subject", {}).get("Data", ""), body.get("Html", {}).get("Data", ""))
        return answer

    SESV2Response.send_email = send_email


def wrap_sms(sent):
    from moto.sns.models import SNSBackend
    accepted = SNSBackend.publish

    def publish(self, message, *args, **kwargs):
        answer = accepted(self, message, *args, **kwargs)
        number = kwargs.get("phone_number") or (args[1] if len(args) > 1 else None)
        if number:
            sent.note("sms", number, message)
        return answer

    SNSBackend.publish = publish


def main():
    port, sent, clock, users = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    noted = Sent(sent, clock)
    wrap_mail(noted)
    wrap_sms(noted)
    cognito.wrap(users, noted.now)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    print("ready", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
