#!/usr/bin/python3
"""AWS's own clients against Tidemill: boto3, the AWS CLI and the SDK for JavaScript, good and bad
input. The same calls hold on AWS."""
import json
import os
import subprocess
import sys
import unittest
import urllib.request

from botocore.exceptions import ClientError

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
import program  # noqa: E402  (found by the line above)

HERE = os.path.dirname(os.path.abspath(__file__))


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tidemill = program.Tidemill().start()
        cls.addClassCleanup(cls.tidemill.stop)

    def client(self, service):
        return self.tidemill.client(service)

    def refused(self, code, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code, answer)
        return answer

    def test_sdk_for_javascript(self):
        done = subprocess.run(["node", "--test", os.path.join(HERE, "sdk_test.mjs")], text=True,
                              capture_output=True, check=False,
                              env={**os.environ, "TIDEMILL_ENDPOINT": self.tidemill.endpoint})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_aws_cli(self):
        def aws(*words):
            done = subprocess.run(
                ["/usr/bin/aws", "--endpoint-url", self.tidemill.endpoint, *words], text=True,
                capture_output=True, check=False, env={**os.environ, **program.ENVIRONMENT})
            return done.returncode, done.stdout, done.stderr
        self.assertEqual(aws("s3", "mb", "s3://cli-bucket")[0], 0)
        self.assertEqual(aws("s3", "cp", __file__, "s3://cli-bucket/copy.py")[0], 0)
        code, listed, _ = aws("s3", "ls", "s3://cli-bucket")
        self.assertEqual((code, listed.split()[-1]), (0, "copy.py"))
        code, _, told = aws("kinesis", "describe-stream", "--stream-name", "nothing")
        self.assertEqual(code, 254)
        self.assertIn("ResourceNotFoundException", told)

    def test_an_operation_that_is_missing_says_so(self):
        answer = self.refused("NotImplemented", self.client("s3").put_bucket_versioning, Bucket="any-bucket",
                              VersioningConfiguration={"Status": "Enabled"})
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 501)
        answer = self.refused("NotImplemented", self.client("dynamodb").execute_statement,
                              Statement="SELECT * FROM t")
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 501)

    def test_dynamodb_validates_in_awss_words(self):
        dynamodb = self.client("dynamodb")
        dynamodb.create_table(
            TableName="orders", BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
        dynamodb.get_waiter("table_exists").wait(TableName="orders")
        answer = self.refused("ValidationException", dynamodb.put_item, TableName="orders",
                              Item={"other": {"S": "x"}})
        self.assertEqual(answer["Error"]["Message"],
                         "One or more parameter values were invalid: Missing the key id in the item")
        dynamodb.put_item(TableName="orders", Item={"id": {"S": "a"}, "count": {"N": "1"}})
        updated = dynamodb.update_item(
            TableName="orders", Key={"id": {"S": "a"}}, ReturnValues="UPDATED_NEW",
            UpdateExpression="SET #c = #c + :one", ExpressionAttributeNames={"#c": "count"},
            ExpressionAttributeValues={":one": {"N": "1"}})
        self.assertEqual(updated["Attributes"], {"count": {"N": "2"}})
        self.refused("ConditionalCheckFailedException", dynamodb.delete_item, TableName="orders",
                     Key={"id": {"S": "a"}}, ConditionExpression="attribute_not_exists(id)")
        self.refused("ResourceNotFoundException", dynamodb.get_item, TableName="nothing",
                     Key={"id": {"S": "a"}})

    def test_s3_keeps_to_http(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="http-bucket")
        etag = s3.put_object(Bucket="http-bucket", Key="k", Body=b"0123456789")["ETag"]
        self.assertEqual(s3.get_object(Bucket="http-bucket", Key="k", Range="bytes=2-4")["Body"].read(),
                         b"234")
        self.refused("304", s3.get_object, Bucket="http-bucket", Key="k", IfNoneMatch=etag)
        self.refused("InvalidRange", s3.get_object, Bucket="http-bucket", Key="k", Range="bytes=99-")
        self.refused("NoSuchKey", s3.get_object, Bucket="http-bucket", Key="none")
        s3.copy_object(Bucket="http-bucket", Key="copy", CopySource="http-bucket/k")
        url = s3.generate_presigned_url("get_object", {"Bucket": "http-bucket", "Key": "copy"})
        with urllib.request.urlopen(url) as answer:
            self.assertEqual(answer.read(), b"0123456789")
        self.assertEqual(s3.get_object_acl(Bucket="http-bucket", Key="k")["Grants"][0]["Permission"],
                         "FULL_CONTROL")

    def test_athena_refuses_with_a_position(self):
        s3, athena = self.client("s3"), self.client("athena")
        s3.create_bucket(Bucket="athena-bucket")

        def run(sql):
            query = athena.start_query_execution(
                QueryString=sql,
                ResultConfiguration={"OutputLocation": "s3://athena-bucket/"})["QueryExecutionId"]

            def ended():
                status = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
                return status if status["State"] in ("SUCCEEDED", "FAILED") else None
            return query, program.wait_for("the query", ended)
        query, status = run("SELECT 7 / 2 AS whole, CAST(1e7 AS varchar) AS text")
        self.assertEqual(status["State"], "SUCCEEDED", status)
        rows = athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"]
        self.assertEqual([[cell.get("VarCharValue") for cell in row["Data"]] for row in rows],
                         [["whole", "text"], ["3", "1.0E7"]])
        _, status = run("SELECT nothing")
        self.assertEqual(status["StateChangeReason"],
                         "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved")

    def test_functions_run_and_fail_as_on_lambda(self):
        import io
        import zipfile
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr("app.py", "def handler(event, context):\n"
                                   "    if 'fail' in event: raise ValueError(event['fail'])\n"
                                   "    return {'sum': sum(event['numbers'])}\n")
        functions = self.client("lambda")
        functions.create_function(FunctionName="sum", Runtime="python3.11", Handler="app.handler",
                                  Role="arn:aws:iam::000000000000:role/any",
                                  Code={"ZipFile": archive.getvalue()})
        answer = functions.invoke(FunctionName="sum", Payload=json.dumps({"numbers": [1, 2, 3]}))
        self.assertEqual(json.load(answer["Payload"]), {"sum": 6})
        answer = functions.invoke(FunctionName="sum", Payload=json.dumps({"fail": "no"}))
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertEqual(json.load(answer["Payload"])["errorType"], "ValueError")
        self.refused("ResourceNotFoundException", functions.invoke, FunctionName="nothing")


if __name__ == "__main__":
    unittest.main(verbosity=2)
