#!/usr/bin/python3
"""The journey of a sale, hop by hop, with equal counts at every hop: first one, then 2,000."""
import json
import sys
import unittest

import program
from parquet_footer import row_count

# Every order is a sale and stays as it was placed, so that every hop has the same count.
PLAIN = {"late_share": 0, "malformed_share": 0, "test_share": 0, "duplicate_share": 0,
         "update_share": 0, "cancel_share": 0, "date": "2026-11-24"}


class Journey:
    orders = 0

    @classmethod
    def setUpClass(cls):
        cls.tidemill = program.Tidemill().start()
        cls.addClassCleanup(cls.tidemill.stop)
        cls.outputs = cls.tidemill.deploy()
        answer = cls.tidemill.client("lambda").invoke(
            FunctionName=cls.outputs["GeneratorFunctionName"],
            Payload=json.dumps({"orders": cls.orders, "first": 0, "seed": 7, **PLAIN}))
        cls.generated = json.load(answer["Payload"])

    def arrived(self, name):
        """The hop, once it has taken every order."""
        def reached():
            hop = self.tidemill.hop(name)
            return hop if hop["records_in"] >= self.orders and hop["lag_records"] == 0 else None
        try:
            return program.wait_for(name, reached)
        except RuntimeError as late:
            raise RuntimeError(f"{late}: {self.tidemill.hops()}") from late

    def objects(self, prefix):
        pages = self.tidemill.client("s3").get_paginator("list_objects_v2").paginate(
            Bucket=self.outputs["BucketName"], Prefix=prefix)
        return [one["Key"] for page in pages for one in page.get("Contents", [])]

    def test_1_put_item_and_stream_record(self):
        self.assertEqual(self.generated.get("sent"), self.orders, self.generated)
        dynamodb = self.tidemill.client("dynamodb")
        table = self.outputs["TableName"]
        pages = dynamodb.get_paginator("scan").paginate(TableName=table, Select="COUNT")
        self.assertEqual(sum(page["Count"] for page in pages), self.orders)
        arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
        records = program.change_records(self.tidemill.client("dynamodbstreams"), arn)
        self.assertEqual(len(records), self.orders)
        self.assertEqual({record["eventName"] for record in records}, {"INSERT"})
        self.assertEqual(len({record["eventID"] for record in records}), self.orders)

    def test_2_pipe(self):
        hop = self.arrived("pipe")
        self.assertEqual((hop["records_in"], hop["records_out"]), (self.orders, self.orders), hop)
        self.assertEqual((hop["rejected"], hop["dropped"]), (0, 0), hop)

    def test_3_stream_shard(self):
        self.arrived("pipe")
        shards = program.stream_records(self.tidemill.client("kinesis"), self.outputs["StreamName"])
        records = [record for found in shards.values() for record in found]
        self.assertEqual(len(records), self.orders)
        for found in shards.values():
            numbers = [int(record["SequenceNumber"]) for record in found]
            self.assertEqual(numbers, sorted(set(numbers)))
        for record in records:
            change = json.loads(record["Data"])
            self.assertEqual(record["PartitionKey"], change["dynamodb"]["Keys"]["order_id"]["S"])

    def test_4_delivery_batch(self):
        hop = self.arrived("delivery")
        self.assertEqual(hop["records_in"], self.orders, hop)
        self.assertEqual(hop["last_error"], "", hop)

    def test_5_transform(self):
        hop = self.arrived("delivery")
        self.assertEqual((hop["rejected"], hop["dropped"]), (0, 0), hop)
        self.assertEqual(self.objects("errors/"), [])

    def test_6_parquet_object(self):
        self.arrived("delivery")
        s3 = self.tidemill.client("s3")
        keys = self.objects("sales/")
        rows = 0
        for key in keys:
            self.assertRegex(key, r"^sales/dt=2026-11-24/region=[a-z-]+/.+\.parquet$")
            rows += row_count(s3.get_object(Bucket=self.outputs["BucketName"], Key=key)["Body"].read())
        self.assertEqual(rows, self.orders)

    def test_7_catalog(self):
        self.arrived("delivery")
        glue = self.tidemill.client("glue")
        program.run_crawler(glue, self.outputs["CrawlerName"])
        table = glue.get_table(DatabaseName=self.outputs["DatabaseName"], Name="sales")["Table"]
        self.assertEqual([key["Name"] for key in table["PartitionKeys"]], ["dt", "region"])
        columns = {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]}
        self.assertEqual(columns["net_amount"], "double")
        self.assertTrue(columns["lines"].startswith("array<struct<"), columns["lines"])
        partitions = glue.get_partitions(DatabaseName=self.outputs["DatabaseName"],
                                         TableName="sales")["Partitions"]
        self.assertEqual(len(partitions), len({key.rsplit("/", 1)[0] for key in self.objects("sales/")}))

    def test_8_sql(self):
        athena = self.tidemill.client("athena")
        rows = program.query(athena, self.outputs,
                             "SELECT count(*), count(DISTINCT order_id), count(DISTINCT event_id), "
                             "min(change_type), max(change_type) FROM sales")
        count = str(self.orders)
        self.assertEqual(rows, [[count, count, count, "INSERT", "INSERT"]])
        ids = athena.list_named_queries(WorkGroup=self.outputs["WorkGroupName"])["NamedQueryIds"]
        self.assertEqual(len(ids), 6)
        for named in athena.batch_get_named_query(NamedQueryIds=ids)["NamedQueries"]:
            with self.subTest(named["Name"]):
                self.assertTrue(program.query(athena, self.outputs, named["QueryString"]))


class OneSale(Journey, unittest.TestCase):
    orders = 1


class TwoThousandSales(Journey, unittest.TestCase):
    orders = 2000


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
