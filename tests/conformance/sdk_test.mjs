// The AWS SDK for JavaScript v3 against Tidemill, with no setting but the endpoint. Kinesis speaks
// HTTP/2 with prior knowledge, S3 sends checksums in trailers: both are the SDK's own defaults.
import assert from 'node:assert/strict';
import test from 'node:test';

import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const settings = {
  endpoint: process.env.TIDEMILL_ENDPOINT,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

test('DynamoDB keeps the 38 digits of a number', async () => {
  const dynamodb = new DynamoDBClient(settings);
  await dynamodb.send(new CreateTableCommand({
    TableName: 'js-table', BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  }));
  const number = '12345678901234567890.123456789012345678';
  await dynamodb.send(new PutItemCommand({ TableName: 'js-table', Item: { id: { S: 'a' }, n: { N: number } } }));
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'js-table', Key: { id: { S: 'a' } }, ConsistentRead: true }));
  assert.equal(Item.n.N, number);
  await assert.rejects(
    dynamodb.send(new PutItemCommand({ TableName: 'js-table', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(id)' })),
    { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' });
});

test('Kinesis gives back what was put', async () => {
  const kinesis = new KinesisClient(settings);
  await kinesis.send(new CreateStreamCommand({ StreamName: 'js', ShardCount: 1 }));
  const put = await kinesis.send(new PutRecordCommand({ StreamName: 'js', PartitionKey: 'k', Data: new TextEncoder().encode('sale') }));
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName: 'js', ShardId: put.ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  assert.equal(new TextDecoder().decode(Records[0].Data), 'sale');
  assert.equal(Records[0].SequenceNumber, put.SequenceNumber);
});

test('S3 takes and gives an object', async () => {
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'js-bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'js-bucket', Key: 'a/b c', Body: 'x'.repeat(300_000) }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'js-bucket', Key: 'a/b c' }));
  assert.equal((await Body.transformToString()).length, 300_000);
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket: 'js-bucket', Key: 'none' })), NoSuchKey);
});
