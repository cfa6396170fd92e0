"""Writes mock sales orders to the table named by TABLE_NAME.

Event: {"orders": 20, "seed": 1}. Without a seed every call makes other orders.
"""
import os
import random
import uuid
from datetime import datetime, timezone
from decimal import Decimal

import boto3

PRODUCTS = {"laptop": 899, "phone": 599, "headphones": 79, "keyboard": 49, "monitor": 249}
REGIONS = ["north", "south", "east", "west"]

table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def make_order(draw):
    product = draw.choice(sorted(PRODUCTS))
    return {
        "order_id": str(uuid.UUID(int=draw.getrandbits(128), version=4)),
        "order_time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "product": product,
        "quantity": draw.randint(1, 5),
        "unit_price": Decimal(PRODUCTS[product]),
        "region": draw.choice(REGIONS),
    }


def lambda_handler(event, context):
    draw = random.Random(event.get("seed"))
    orders = [make_order(draw) for _ in range(event.get("orders", 20))]
    with table.batch_writer() as batch:
        for order in orders:
            batch.put_item(Item=order)
    return {"sent": len(orders)}
