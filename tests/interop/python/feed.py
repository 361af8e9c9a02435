"""Reads the feed of a subscription with python3-grpcio, once without a break and once with a hundred, and prints what each holds in the end.

Usage: feed.py HOST:PORT DESCRIPTOR_SET SUBSCRIPTION END_FILE

END_FILE appears when nothing more will happen; it holds the last position. Each reader folds the events into what it knows of each case.
The line of JSON that is printed holds both results, and what a snapshot at the end tells of the same.
"""

import json
import os
import random
import sys
import threading
import time

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ADDRESS, DESCRIPTOR_SET, SUBSCRIPTION, END_FILE = sys.argv[1:5]
ONESELF = [("authorization", "Bearer " + os.environ["SAMENHANG_TOKEN"]), ("x-doelbinding", os.environ["SAMENHANG_PURPOSE"]), ("x-grondslag", os.environ["SAMENHANG_GROUND"])]
BREAKS = 100
LIMIT = time.monotonic() + 150
POOL = descriptor_pool.DescriptorPool()
with open(DESCRIPTOR_SET, "rb") as descriptor_set:
    for file in descriptor_pb2.FileDescriptorSet.FromString(descriptor_set.read()).file:
        POOL.Add(file)
if hasattr(message_factory, "GetMessageClass"):
    message_class = message_factory.GetMessageClass
else:
    message_class = message_factory.MessageFactory(POOL).GetPrototype

ReadRequest = message_class(POOL.FindMessageTypeByName("samenhang.feed.v1.ReadRequest"))
ReadResponse = message_class(POOL.FindMessageTypeByName("samenhang.feed.v1.ReadResponse"))


def end():
    """The last position, or None while more can happen."""
    if not os.path.exists(END_FILE):
        return None
    with open(END_FILE, encoding="utf-8") as file:
        return file.read().strip() or None


class Reader:
    """What a subscriber knows: of each case the plan, the findings, the provisions."""

    def __init__(self, chance=None):
        self.chance = chance
        self.position = ""
        self.ids = []
        self.cases = {}
        self.breaks = 0

    def take(self, event):
        self.ids.append(event.id)
        data = json.loads(event.text_data)
        case = self.cases.setdefault(event.attributes["subject"].ce_string, {"plan": None, "findings": {}, "provisions": {}})
        kind = event.type.split(".")[2]
        if kind == "casussen":
            if event.type.endswith("vastgesteld.v1"):
                case.update(standing(data))
        elif kind == "plannen":
            case["plan"] = data
        elif kind == "bevindingen":
            key = key_of(data)
            if event.type.endswith("vervallen.v1"):
                case["findings"].pop(key, None)
            else:
                case["findings"][key] = data["status"]
        elif kind == "voorzieningen":
            case["provisions"][data["provision"]] = data

    def run(self):
        """Reads until the end; one that breaks gives its connection up at places that chance chooses."""
        while time.monotonic() < LIMIT:
            with grpc.insecure_channel(ADDRESS) as channel:
                read = channel.unary_stream("/samenhang.feed.v1.FeedService/Read", ReadRequest.SerializeToString, ReadResponse.FromString)
                stream = read(ReadRequest(subscription_id=SUBSCRIPTION, after_position=self.position), timeout=150, metadata=ONESELF)
                breaks = self.chance is not None and self.breaks < BREAKS
                left = self.chance.randint(0, 3) if breaks else None
                timer = threading.Timer(self.chance.random() * 0.3, stream.cancel) if breaks else None
                if timer:
                    timer.start()
                try:
                    for step in stream:
                        # What came counts when its place was kept: as if both were written to one database.
                        if step.WhichOneof("item") == "event":
                            self.take(step.event)
                        self.position = step.position
                        last = end()
                        if not breaks and last is not None and self.position >= last:
                            return
                        if left is not None:
                            left -= 1
                            if left < 0:
                                break
                except grpc.RpcError as error:
                    if error.code() not in (grpc.StatusCode.CANCELLED, grpc.StatusCode.RESOURCE_EXHAUSTED):
                        raise
                finally:
                    if timer:
                        timer.cancel()
                    stream.cancel()
                if breaks:
                    self.breaks += 1
                else:
                    time.sleep(0.05)


def key_of(finding):
    return "/".join((finding["finding"], finding.get("need", ""), finding.get("provision", "")))


def standing(data):
    return {
        "plan": data.get("plan"),
        "findings": {key_of(finding): finding["status"] for finding in data["findings"]},
        "provisions": {provision["provision"]: provision for provision in data["provisions"]},
    }


def snapshot():
    cases = {}
    with grpc.insecure_channel(ADDRESS) as channel:
        read = channel.unary_stream("/samenhang.feed.v1.FeedService/Read", ReadRequest.SerializeToString, ReadResponse.FromString)
        for step in read(ReadRequest(subscription_id=SUBSCRIPTION, snapshot=True, until_now=True), timeout=30, metadata=ONESELF):
            if step.WhichOneof("item") == "standing":
                cases[step.standing.attributes["subject"].ce_string] = standing(json.loads(step.standing.text_data))
    return cases


def main():
    steady, broken = Reader(), Reader(random.Random(20261122))
    readers = [threading.Thread(target=reader.run) for reader in (steady, broken)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    print(json.dumps({
        "breaks": broken.breaks,
        "cases": len(steady.cases),
        "events": len(steady.ids),
        "twice": len(broken.ids) - len(set(broken.ids)),
        "same_events": steady.ids == broken.ids,
        "same_state": steady.cases == broken.cases,
        "same_as_snapshot": steady.cases == snapshot(),
    }))


main()
