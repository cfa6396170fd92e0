"""Tidemill as a child process on a free port and a directory of its own, and clients for it."""
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

import boto3
from botocore.config import Config

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("TIDEMILL_BUILD", os.path.join(ROOT, "build"))
PROGRAM = os.path.join(BUILD, "tidemill")
READY_SECONDS = 60

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
               "AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1"}


class Tidemill:
    """`serve` on DIRECTORY (a temporary one when none is given); `port` 0 takes a free one."""

    def __init__(self, directory=None):
        self.is_temporary = directory is None
        self.directory = directory or tempfile.mkdtemp(prefix="tidemill-")
        self.port = 0
        self.process = None
        self.clients = {}

    def start(self):
        log_path = os.path.join(self.directory, "serve.log")
        with open(log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--quiet", "--data", os.path.join(self.directory, "data"),
                 "--port", str(self.port)], stdout=log, stderr=log)
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            with open(log_path, encoding="utf-8") as log:
                text = log.read()
            if "\nReady." in text:
                self.endpoint = text[text.index("http://"):].split(",")[0].split()[0]
                self.port = int(self.endpoint.rsplit(":", 1)[1])
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        raise RuntimeError("tidemill serve did not start: " + text)

    def kill(self):
        """As a power cut would: no handler runs."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.is_temporary:
            shutil.rmtree(self.directory, ignore_errors=True)

    def client(self, service, **config):
        key = (service, self.port, json.dumps(config, sort_keys=True))
        if key not in self.clients:
            self.clients[key] = boto3.client(
                service, endpoint_url=self.endpoint, region_name="us-east-1",
                aws_access_key_id="test", aws_secret_access_key="test",
                config=Config(s3={"addressing_style": "path"}, **config))
        return self.clients[key]

    def run(self, *words):
        """A command of the program against this server; its standard output."""
        done = subprocess.run([PROGRAM, *words, "--endpoint-url", self.endpoint], text=True,
                              env={**os.environ, **ENVIRONMENT}, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"tidemill {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def deploy(self, *overrides):
        """pipelines/sales with the least buffers; the stack's outputs."""
        return json.loads(self.run("deploy", "sales", "--output", "json", "--parameter-overrides",
                                   "TransformBufferSeconds=0", "DeliveryBufferSeconds=0", *overrides))

    def hops(self):
        with urllib.request.urlopen(self.endpoint + "/_tidemill/state", timeout=30) as page:
            return json.load(page)["hops"]

    def hop(self, name):
        found = [hop for hop in self.hops() if hop["hop"] == name]
        if not found:
            raise RuntimeError(f"no hop {name}: {[hop['hop'] for hop in self.hops()]}")
        return found[0]


def wait_for(what, condition, seconds=120):
    """Until `condition` answers something true; that is the answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    raise RuntimeError(f"waited {seconds} s for {what}")


def change_records(client, stream_arn):
    """Every record of the table's stream, from the oldest on."""
    records = []
    shards = client.describe_stream(StreamArn=stream_arn)["StreamDescription"]["Shards"]
    for shard in shards:
        iterator = client.get_shard_iterator(StreamArn=stream_arn, ShardId=shard["ShardId"],
                                             ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        while iterator:
            page = client.get_records(ShardIterator=iterator)
            if not page["Records"]:
                break
            records += page["Records"]
            iterator = page.get("NextShardIterator")
    return records


def stream_records(client, stream):
    """Every record of the Kinesis stream: shard id -> records."""
    records = {}
    for shard in client.list_shards(StreamName=stream)["Shards"]:
        iterator = client.get_shard_iterator(StreamName=stream, ShardId=shard["ShardId"],
                                             ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        found = records.setdefault(shard["ShardId"], [])
        while iterator:
            page = client.get_records(ShardIterator=iterator)
            if not page["Records"] and page["MillisBehindLatest"] == 0:
                break
            found += page["Records"]
            iterator = page.get("NextShardIterator")
    return records


def run_crawler(client, name):
    client.start_crawler(Name=name)
    crawler = wait_for("the crawler", lambda: next(
        (one for one in [client.get_crawler(Name=name)["Crawler"]]
         if one["State"] == "READY" and "LastCrawl" in one), None))
    if crawler["LastCrawl"]["Status"] != "SUCCEEDED":
        raise RuntimeError(f"the crawl ended as {crawler['LastCrawl']}")


def query(client, outputs, sql):
    """Rows as lists of texts, without the head."""
    started = client.start_query_execution(
        QueryString=sql, WorkGroup=outputs["WorkGroupName"],
        QueryExecutionContext={"Database": outputs["DatabaseName"]})["QueryExecutionId"]

    def ended():
        status = client.get_query_execution(QueryExecutionId=started)["QueryExecution"]["Status"]
        return status if status["State"] in ("SUCCEEDED", "FAILED", "CANCELLED") else None

    status = wait_for("the query", ended)
    if status["State"] != "SUCCEEDED":
        raise RuntimeError(f"{status}: {sql}")
    rows = []
    for page in client.get_paginator("get_query_results").paginate(QueryExecutionId=started):
        rows += [[value.get("VarCharValue") for value in row["Data"]]
                 for row in page["ResultSet"]["Rows"]]
    return rows[1:]
