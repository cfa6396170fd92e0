#!/usr/bin/python3
"""Figures of Tidemill as ratios to limits measured in the same run, server on one core, load on the
other, 64 connections (DESIGN section 6). Prints a table, and JSON with --output json.

    ./run bench [NAME]      NAME narrows the rows

Needs nginx and wrk; rows of DESIGN's table that are missing here stand in docs/PERFORMANCE.md.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "journey"))
import program  # noqa: E402  (found by the line above)

CONNECTIONS = 64
SECONDS = 4
SERVER_CORE, LOAD_CORE = "0", "1"
NGINX = """
worker_processes 1; daemon off; pid {directory}/nginx.pid; error_log {directory}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000;
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{{}}'; }} }} }}
"""
SIGNED = "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"
LUA = """
local n, salt = 0, tostring({{}}):gsub("%W", "")
request = function()
  n = n + 1
  return wrk.format("{method}", string.gsub("{path}", "KEY", salt .. n), {headers}, (string.gsub([==[{body}]==], "KEY", salt .. n)))
end
"""


def json_request(service, target, body):
    return {"method": "POST", "path": "/", "body": json.dumps(body), "headers": {
        "x-amz-target": target, "content-type": "application/x-amz-json-1.1",
        "authorization": SIGNED.format(service)}}


ITEM = {"id": {"S": "KEY"}, "value": {"S": "v" * 250}}
ROWS = [  # name, what is asked, its limits, the ratio to reach
    ("PutItem 300 B", json_request("dynamodb", "DynamoDB_20120810.PutItem",
                                   {"TableName": "plain", "Item": ITEM}), ("http", "commit"), 0.70),
    ("PutItem 300 B, stream", json_request("dynamodb", "DynamoDB_20120810.PutItem",
                                           {"TableName": "streamed", "Item": ITEM}),
     ("http", "commit"), 0.70),
    ("UpdateItem, condition", json_request("dynamodb", "DynamoDB_20120810.UpdateItem", {
        "TableName": "plain", "Key": {"id": {"S": "one"}}, "UpdateExpression": "ADD n :one",
        "ConditionExpression": "attribute_exists(id)",
        "ExpressionAttributeValues": {":one": {"N": "1"}}}), ("http", "commit"), 0.60),
    ("GetItem", json_request("dynamodb", "DynamoDB_20120810.GetItem",
                             {"TableName": "plain", "Key": {"id": {"S": "one"}}}),
     ("http", "get"), 0.70),
    ("PutRecord", json_request("kinesis", "Kinesis_20131202.PutRecord",
                               {"StreamName": "bench", "PartitionKey": "KEY", "Data": "dmFsdWU="}),
     ("http", "commit"), 0.70),
    ("S3 PUT 1 KiB", {"method": "PUT", "path": "/bench/KEY", "body": "b" * 1024,
                      "headers": {"authorization": SIGNED.format("s3")}}, ("http", "commit"), 0.60),
    ("S3 GET 1 KiB", {"method": "GET", "path": "/bench/one", "body": "",
                      "headers": {"authorization": SIGNED.format("s3")}}, ("http",), 0.70),
]


def load(url, request, directory):
    """Requests per second; every answer must be a success."""
    headers = "{" + ", ".join(f'["{k}"]="{v}"' for k, v in request["headers"].items()) + "}"
    script = os.path.join(directory, "load.lua")
    with open(script, "w", encoding="utf-8") as file:
        file.write(LUA.format(**{**request, "headers": headers}))
    told = subprocess.run(["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}",
                           f"-d{SECONDS}", "-s", script, url],
                          text=True, capture_output=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError("the load failed: " + told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))


def http_limit(request, directory):
    port = 18080
    configuration = os.path.join(directory, "nginx.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(NGINX.format(directory=directory, port=port))
    server = subprocess.Popen(["taskset", "-c", SERVER_CORE, "nginx", "-c", configuration])
    try:
        time.sleep(0.5)
        return load(f"http://127.0.0.1:{port}", request, directory)
    finally:
        server.terminate()
        server.wait()


def store_limits(directory):
    told = subprocess.run([os.path.join(program.BUILD, "bench", "store_limits"),
                           os.path.join(directory, "limits"), str(CONNECTIONS), str(SECONDS)],
                          text=True, capture_output=True, check=True).stdout
    limits = json.loads(told)
    return {"commit": limits["commit_per_second"], "get": limits["get_per_second"]}


def prepare(tidemill):
    dynamodb = tidemill.client("dynamodb")
    for name, stream in (("plain", False), ("streamed", True)):
        dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
            if stream else {"StreamEnabled": False})
        dynamodb.get_waiter("table_exists").wait(TableName=name)
    dynamodb.put_item(TableName="plain", Item={"id": {"S": "one"}, "value": {"S": "v" * 250}})
    tidemill.client("kinesis").create_stream(StreamName="bench", ShardCount=1)
    s3 = tidemill.client("s3")
    s3.create_bucket(Bucket="bench")
    s3.put_object(Bucket="bench", Key="one", Body=b"b" * 1024)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("name", nargs="?", default="")
    arguments.add_argument("--output", choices=["table", "json"], default="table")
    options = arguments.parse_args()
    directory = tempfile.mkdtemp(prefix="tidemill-bench-")
    begun = time.monotonic()
    tidemill = program.Tidemill().start()
    ready = time.monotonic() - begun
    with open(f"/proc/{tidemill.process.pid}/status", encoding="utf-8") as file:
        resident = int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024
    rows = []
    try:
        subprocess.run(["taskset", "-acp", SERVER_CORE, str(tidemill.process.pid)], check=True,
                       capture_output=True)
        prepare(tidemill)
        store = store_limits(directory)
        for name, request, limits, goal in ROWS:
            if options.name.lower() not in name.lower():
                continue
            known = {"http": http_limit(request, directory), **store}
            limit = 1 / sum(1 / known[one] for one in limits)
            reached = load(tidemill.endpoint, request, directory)
            rows.append({"row": name, "per_second": round(reached), "limit": round(limit),
                         "ratio": round(reached / limit, 2), "to_reach": goal,
                         **{one: round(known[one]) for one in limits}})
    finally:
        tidemill.stop()
        shutil.rmtree(directory, ignore_errors=True)
    result = {"rows": rows, "ready_ms": round(ready * 1000), "idle_mib": round(resident)}
    if options.output == "json":
        print(json.dumps(result))
        return
    print(f"{'':24}{'reached/s':>12}{'limit/s':>12}{'ratio':>8}{'to reach':>10}")
    for row in rows:
        print(f"{row['row']:24}{row['per_second']:>12,}{row['limit']:>12,}{row['ratio']:>8}{row['to_reach']:>10}")
    print(f"start to Ready. {result['ready_ms']} ms, idle {result['idle_mib']} MiB")


if __name__ == "__main__":
    main()
