"""SNS, SES and SQS for the local stack: moto on loopback, and what was sent as lines of JSON.

    serve.py PORT SENT QUEUES CLOCK     stops when its standard input ends

moto checks requests as AWS does, but keeps in memory alone what was sent, and not all of a mail: the wrappers write
each message to the file SENT before its sender is answered, with the time of CLOCK (the file that says how far ahead of
the machine's the functions' clock is). Its queues end with it: the wrappers keep each message as a file of the folder
QUEUES until it is deleted, so that what a hospital has put is worked through however this process ends.
"""
import datetime
import json
import os
import re
import sys
import threading

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
        now = datetime.datetime.now(datetime.timezone.utc) + ahead
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def note(self, kind, to, text, subject="", html=""):
        line = json.dumps({"kind": kind, "to": to, "subject": subject, "text": text, "html": html, "at": self.now()})
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


def main():
    port, sent, queues, clock = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    noted = Sent(sent, clock)
    wrap_mail(noted)
    wrap_sms(noted)
    wrap_queues(Kept(queues))
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    print("ready", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
