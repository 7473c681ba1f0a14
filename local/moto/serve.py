"""SNS, SES and SQS for the local stack: moto on loopback, and what was sent as JSON.

    serve.py PORT SENT_PORT     stops when its standard input ends

moto checks requests as AWS does and keeps what was sent in memory, but not all of a mail; the wrappers note the rest.
"""
import http.server
import json
import sys
import threading

from moto.server import ThreadedMotoServer
from moto.sesv2.responses import SESV2Response
from moto.sns.models import sns_backends
from moto.core import DEFAULT_ACCOUNT_ID

sent = []
lock = threading.Lock()


def note(entry):
    with lock:
        sent.append(entry)


def wrap_mail():
    accepted = SESV2Response.send_email

    def send_email(self):
        answer = accepted(self)  # refuses what AWS would refuse
        request = json.loads(self.body)
        simple = request.get("Content", {}).get("Simple", {})
        body = simple.get("Body", {})
        for address in request.get("Destination", {}).get("ToAddresses", []):
            note({"kind": "mail", "to": address, "from": request.get("FromEmailAddress", ""),
                  "subject": simple.get("Subject", {}).get("Data", ""),
                  "text": body.get("Text", {}).get("Data", ""), "html": body.get("Html", {}).get("Data", "")})
        return answer

    SESV2Response.send_email = send_email


def wrap_sms():
    from moto.sns.models import SNSBackend
    accepted = SNSBackend.publish

    def publish(self, message, *args, **kwargs):
        answer = accepted(self, message, *args, **kwargs)
        number = kwargs.get("phone_number") or (args[1] if len(args) > 1 else None)
        if number:
            note({"kind": "sms", "to": number, "from": "", "subject": "", "text": message, "html": ""})
        return answer

    SNSBackend.publish = publish


class Sent(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        since = int(self.path.rsplit("=", 1)[-1]) if "=" in self.path else 0
        with lock:
            body = json.dumps({"messages": sent[since:]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self):
        with lock:
            sent.clear()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


def main():
    port, sent_port = int(sys.argv[1]), int(sys.argv[2])
    wrap_mail()
    wrap_sms()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    listing = http.server.ThreadingHTTPServer(("127.0.0.1", sent_port), Sent)
    threading.Thread(target=listing.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
