"""SNS, SES and SQS for the local stack: moto on loopback, and what was sent as JSON.

    serve.py PORT SENT_PORT QUEUES     stops when its standard input ends

moto checks requests as AWS does and keeps what was sent in memory, but not all of a mail; the wrappers note the rest.
Its queues end with it: the wrappers keep each message as a file of the folder QUEUES until it is deleted, so that
what a hospital has put is worked through however this process ends.
"""
import http.server
import json
import os
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


class Kept:
    """A file for each message that was accepted and not yet deleted: FOLDER/QUEUE/ID."""

    def __init__(self, folder):
        self.folder = folder

    def keep(self, queue, message):
        place = os.path.join(self.folder, queue, message.id)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place + ".part", "w", encoding="utf-8") as file:
            json.dump({"body": message.body, "delayed_until": message.delayed_until}, file)
        os.replace(place + ".part", place)  # whole or not at all, also after a kill

    def forget(self, queue, message):
        try:
            os.remove(os.path.join(self.folder, queue, message.id))
        except FileNotFoundError:
            pass

    def of(self, queue):
        folder = os.path.join(self.folder, queue)
        found = []
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            place = os.path.join(folder, name)
            if name.endswith(".part"):
                os.remove(place)  # whoever sent it was never answered
                continue
            with open(place, encoding="utf-8") as file:
                found.append((os.stat(place).st_mtime_ns, name, json.load(file)))
        return [(name, content) for _, name, content in sorted(found, key=lambda one: one[:2])]


def wrap_queues(kept):
    from moto.sqs.models import Message, Queue, SQSBackend
    create, add, delete, purge = SQSBackend.create_queue, Queue.add_message, Queue.delete_message, SQSBackend.purge_queue

    def create_queue(self, name, *args, **kwargs):
        new = name not in self.queues
        queue = create(self, name, *args, **kwargs)
        for message_id, content in kept.of(name) if new else []:
            message = Message(message_id, content["body"])
            message.mark_sent()  # the time during which nothing ran does not count as time in the queue
            message.delayed_until = content["delayed_until"]
            message.kept_in = name
            add(queue, message)
        return queue

    def add_message(self, message):
        former = getattr(message, "kept_in", self.name)
        kept.keep(self.name, message)  # before anybody can receive it, and before its sender is answered
        message.kept_in = self.name
        add(self, message)
        if former != self.name:
            kept.forget(former, message)  # it has gone to the dead letters

    def delete_message(self, receipt_handle):
        with self._messages_lock:  # moto replaces the list without it: what is added meanwhile would be lost
            gone = [message for message in self._messages if message.had_receipt_handle(receipt_handle)]
            delete(self, receipt_handle)
        for message in gone:
            kept.forget(self.name, message)

    def purge_queue(self, queue_name):
        queue = self.get_queue(queue_name)
        with queue._messages_lock:
            gone = list(queue._messages)
            purge(self, queue_name)
        for message in gone:
            kept.forget(queue_name, message)

    SQSBackend.create_queue, SQSBackend.purge_queue = create_queue, purge_queue
    Queue.add_message, Queue.delete_message = add_message, delete_message


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
    wrap_queues(Kept(sys.argv[3]))
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    listing = http.server.ThreadingHTTPServer(("127.0.0.1", sent_port), Sent)
    threading.Thread(target=listing.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
