#!/usr/bin/python3
"""Sends orders while the program is killed with SIGKILL at seeded instants and started again on the
same directory. In the end every acknowledged order is in the table, and exactly once in the lake,
under the error prefix, or dropped by the transform; nothing is in the lake that is not in the table.

    kill_rounds.py [--rounds N] [--seed S] [--keep]

Exit 1 prints the seed and what is wrong. The seed fixes the instants and the orders, not how the
machine schedules the threads.
"""
import argparse
import base64
import collections
import json
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
import program  # noqa: E402

from botocore.exceptions import BotoCoreError, ClientError  # noqa: E402

SENDERS = 2
BATCH = 10
DRAIN_SECONDS = 180
FIRST_KILL, LAST_KILL = 0.05, 1.2  # seconds after the program is ready


def attribute(value):
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, (int, float)):
        return {"N": str(value)}
    if isinstance(value, list):
        return {"L": [attribute(one) for one in value]}
    return {"M": {name: attribute(one) for name, one in value.items()}}


def make_order(number, draw):
    """Most are sales; one in twenty is malformed (no lines), one in twenty is of the test channel."""
    kind = draw.choice(["malformed", "test"] + ["sale"] * 18)
    line = {"product_id": "p-1", "name": "Oak Lamp", "category": "garden", "quantity": 2,
            "unit_price": 9.5, "discount": 0.1}
    order = {"order_id": f"k-{number:07d}", "order_time": "2026-11-24T10:00:00.000Z",
             "sent_day": "2026-11-24", "region": draw.choice(["uk", "eu-west"]), "currency": "USD",
             "customer": {"customer_id": "c-1", "email": "ada@example.com"},
             "channel": "test" if kind == "test" else "web", "payment_method": "card",
             "status": "PLACED", "lines": [] if kind == "malformed" else [line]}
    return kind, {name: attribute(value) for name, value in order.items()}


class Sender(threading.Thread):
    """Single and batch writes, none of them tried again: an order counts once it is acknowledged."""

    def __init__(self, rounds, index):
        super().__init__(daemon=True)
        self.rounds = rounds
        self.draw = random.Random(rounds.draw.random())
        self.number = index

    def run(self):
        while not self.rounds.is_over:
            try:
                self.write()
            except (BotoCoreError, ClientError):
                time.sleep(0.02)

    def next_order(self):
        self.number += SENDERS
        kind, item = make_order(self.number, self.draw)
        self.rounds.kinds[item["order_id"]["S"]] = kind
        return item

    def write(self):
        table = self.rounds.outputs["TableName"]
        client = self.rounds.tidemill.client("dynamodb", retries={"total_max_attempts": 1},
                                             connect_timeout=2, read_timeout=20)
        if self.draw.random() < 0.5:
            item = self.next_order()
            client.put_item(TableName=table, Item=item)
            self.rounds.acknowledged.add(item["order_id"]["S"])
            return
        items = [self.next_order() for _ in range(BATCH)]
        answer = client.batch_write_item(
            RequestItems={table: [{"PutRequest": {"Item": item}} for item in items]})
        left = {one["PutRequest"]["Item"]["order_id"]["S"]
                for one in answer.get("UnprocessedItems", {}).get(table, [])}
        self.rounds.acknowledged.update({item["order_id"]["S"] for item in items} - left)


class Rounds:
    def __init__(self, count, seed):
        self.count = count
        self.draw = random.Random(seed)
        self.tidemill = program.Tidemill()
        self.acknowledged = set()
        self.kinds = {}
        self.is_over = False
        self.outputs = {}

    def run(self):
        self.tidemill.start()
        self.outputs = self.tidemill.deploy()
        senders = [Sender(self, index) for index in range(SENDERS)]
        for sender in senders:
            sender.start()
        for number in range(1, self.count + 1):
            wait = self.draw.uniform(FIRST_KILL, LAST_KILL)
            time.sleep(wait)
            self.tidemill.kill()
            self.tidemill.start()
            print(f"round {number}: killed after {wait:.3f} s, {len(self.acknowledged)} acknowledged",
                  flush=True)
        self.is_over = True
        for sender in senders:
            sender.join()
        self.drain()
        return self.judge()

    def drain(self):
        """Until the change records of the table are all in the stream, and the stream's delivered."""
        still = [None, 0.0]

        def is_drained():
            hops = {hop["hop"]: hop for hop in self.tidemill.hops()}
            if "pipe" not in hops or "delivery" not in hops:
                return False
            state = [(name, hop["position"], hop["lag_records"]) for name, hop in hops.items()]
            if state != still[0]:
                still[:] = [state, time.monotonic()]
            lag = hops["pipe"]["lag_records"] + hops["delivery"]["lag_records"]
            return lag == 0 and time.monotonic() - still[1] > 1.5

        try:
            program.wait_for("the hops to run dry", is_drained, DRAIN_SECONDS)
        except RuntimeError as late:
            raise RuntimeError(f"{late}: {json.dumps(self.tidemill.hops())}") from late

    def items(self):
        pages = self.tidemill.client("dynamodb").get_paginator("scan").paginate(
            TableName=self.outputs["TableName"], ProjectionExpression="order_id")
        return {item["order_id"]["S"] for page in pages for item in page["Items"]}

    def lake(self):
        program.run_crawler(self.tidemill.client("glue"), self.outputs["CrawlerName"])
        rows = program.query(self.tidemill.client("athena"), self.outputs,
                             "SELECT order_id, count(*) FROM sales GROUP BY order_id")
        return {order: int(count) for order, count in rows}

    def rejected(self):
        s3 = self.tidemill.client("s3")
        bucket = self.outputs["BucketName"]
        orders = collections.Counter()
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="errors/"):
            for one in page.get("Contents", []):
                text = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read().decode()
                for line in text.splitlines():
                    data = json.loads(base64.b64decode(json.loads(line)["rawData"]))
                    change = json.loads(data["record"]) if "record" in data else data
                    orders[change["dynamodb"]["Keys"]["order_id"]["S"]] += 1
        return orders

    def judge(self):
        """What is wrong, in words; empty when all is right."""
        items, lake, rejected = self.items(), self.lake(), self.rejected()
        wrong = [f"{order} was acknowledged and is not in the table"
                 for order in sorted(self.acknowledged - items)]
        for order in sorted(items):
            kind = self.kinds.get(order)
            want = {"sale": (1, 0), "malformed": (0, 1), "test": (0, 0)}.get(kind)
            have = (lake.get(order, 0), rejected.get(order, 0))
            if have != want:
                wrong.append(f"{order} ({kind}): {have[0]} rows and {have[1]} rejections, "
                             f"not {want}")
        wrong += [f"{order} is in the lake and not in the table"
                  for order in sorted((set(lake) | set(rejected)) - items)]
        print(f"{len(self.acknowledged)} acknowledged, {len(items)} items, {sum(lake.values())} rows, "
              f"{sum(rejected.values())} rejected, {len(wrong)} wrong", flush=True)
        return wrong


def main():
    words = argparse.ArgumentParser(description="kill -9 at random instants, and count the orders")
    words.add_argument("--rounds", type=int, default=30)
    words.add_argument("--seed", type=int, default=None)
    words.add_argument("--keep", action="store_true", help="keep the directory when something is wrong")
    asked = words.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1 << 31)
    print(f"seed {seed}, {asked.rounds} rounds", flush=True)
    rounds = Rounds(asked.rounds, seed)
    try:
        wrong = rounds.run()
    except RuntimeError as fault:
        wrong = [str(fault)]
    rounds.is_over = True
    if wrong and asked.keep:
        rounds.tidemill.is_temporary = False
        print(f"kept: {rounds.tidemill.directory}")
    rounds.tidemill.stop()
    for text in wrong[:20]:
        print("WRONG:", text)
    if wrong:
        print(f"{len(wrong)} wrong; run again with --seed {seed} --rounds {asked.rounds}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
