"""The transform of the delivery stream: a change record of the table becomes one line of JSON.

Placed orders are kept, later changes and removals are dropped, and a record that is not an order
is ProcessingFailed: Firehose writes it below the error prefix.
"""
import base64
import json


def order_of(change):
    image = change["dynamodb"]["NewImage"]
    quantity = int(image["quantity"]["N"])
    unit_price = float(image["unit_price"]["N"])
    return {
        "order_id": image["order_id"]["S"],
        "order_time": image["order_time"]["S"],
        "product": image["product"]["S"],
        "region": image["region"]["S"],
        "quantity": quantity,
        "unit_price": unit_price,
        "amount": round(quantity * unit_price, 2),
    }


def transformed(record):
    answer = {"recordId": record["recordId"], "result": "Ok", "data": record["data"]}
    try:
        change = json.loads(base64.b64decode(record["data"]))
        if change["eventName"] != "INSERT":
            answer["result"] = "Dropped"
            return answer
        line = json.dumps(order_of(change)) + "\n"
    except (KeyError, TypeError, ValueError) as wrong:
        print(f"not an order: {wrong!r}")
        answer["result"] = "ProcessingFailed"
        return answer
    answer["data"] = base64.b64encode(line.encode()).decode()
    return answer


def lambda_handler(event, context):
    return {"records": [transformed(record) for record in event["records"]]}
