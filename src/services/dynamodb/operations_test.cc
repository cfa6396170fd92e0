#include "services/dynamodb/test_service.h"

namespace tidemill::dynamodb {
namespace {

class ItemOperations : public TestService {
 protected:
  ItemOperations() {
    EXPECT_TRUE(call("CreateTable", R"({"TableName":"orders","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},
          {"AttributeName":"s","AttributeType":"N"},{"AttributeName":"g","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},
          {"AttributeName":"s","KeyType":"RANGE"}],
        "GlobalSecondaryIndexes":[{"IndexName":"by_g","Projection":{"ProjectionType":"KEYS_ONLY"},
          "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}]})"));
  }
  std::string put(const std::string& item, const std::string& more = "") {
    return answer("PutItem", R"({"TableName":"orders","Item":)" + item + more + "}");
  }
  std::string get(const std::string& key) {
    return answer("GetItem", R"({"TableName":"orders","Key":)" + key + "}");
  }
  std::string query(const std::string& more) {
    return answer("Query", R"({"TableName":"orders",)" + more + "}");
  }
};

const char* const kKey = R"({"p":{"S":"a"},"s":{"N":"1"}})";

TEST_F(ItemOperations, GiveBackWhatWasPut) {
  EXPECT_EQ(get(kKey), "{}");
  EXPECT_EQ(put(R"({"p":{"S":"a"},"s":{"N":"1.0"},"v":{"L":[{"BOOL":true}]}})"), "{}");
  EXPECT_EQ(get(kKey), R"({"Item":{"p":{"S":"a"},"s":{"N":"1"},"v":{"L":[{"BOOL":true}]}}})");
  EXPECT_EQ(put(kKey, R"(,"ReturnValues":"ALL_OLD")"),
            R"({"Attributes":{"p":{"S":"a"},"s":{"N":"1"},"v":{"L":[{"BOOL":true}]}}})");
}

TEST_F(ItemOperations, RefuseBadKeys) {
  const std::string invalid = "ValidationException: One or more parameter values were invalid: ";
  EXPECT_EQ(put(R"({"p":{"S":"a"}})"), invalid + "Missing the key s in the item");
  EXPECT_EQ(put(R"({"p":{"N":"1"},"s":{"N":"1"}})"),
            invalid + "Type mismatch for key p expected: S actual: N");
  EXPECT_EQ(put(R"({"p":{"S":"a"},"s":{"N":"1"},"g":{"N":"1"}})"),
            invalid + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by_g");
  EXPECT_EQ(put(R"({"p":{"S":""},"s":{"N":"1"}})"),
            "ValidationException: One or more parameter values are not valid. The AttributeValue "
            "for a key attribute cannot contain an empty string value. Key: p");
  EXPECT_EQ(get(R"({"p":{"S":"a"}})"),
            "ValidationException: The provided key element does not match the schema");
  EXPECT_EQ(answer("GetItem", R"({"TableName":"nowhere","Key":{"p":{"S":"a"}}})"),
            "ResourceNotFoundException: Requested resource not found");
}

TEST_F(ItemOperations, RefuseAnItemBeyondItsSize) {
  EXPECT_EQ(
      put(R"({"p":{"S":"a"},"s":{"N":"1"},"v":{"S":")" + std::string(400 * 1024, 'x') + R"("}})"),
      "ValidationException: Item size has exceeded the maximum allowed size");
}

TEST_F(ItemOperations, TestConditions) {
  EXPECT_EQ(put(kKey, R"j(,"ConditionExpression":"attribute_not_exists(p)")j"), "{}");
  EXPECT_EQ(put(kKey, R"j(,"ConditionExpression":"attribute_not_exists(p)")j"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(put(kKey, R"(,"Expected":{"p":{"Exists":false}})"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(put(kKey, R"(,"Expected":{"p":{"Exists":false}},"ConditionExpression":"x = y")"),
            "ValidationException: Can not use both expression and non-expression parameters in the "
            "same request: Non-expression parameters: {Expected} Expression parameters: "
            "{ConditionExpression}");
  EXPECT_EQ(put(kKey, R"(,"ExpressionAttributeNames":{"#a":"b"})"),
            "ValidationException: ExpressionAttributeNames can only be specified when using "
            "expressions");
  const auto failed = call("DeleteItem", R"({"TableName":"orders","Key":)" + std::string(kKey) +
                                             R"j(,"ConditionExpression":"attribute_exists(zz)",
          "ReturnValuesOnConditionCheckFailure":"ALL_OLD"})j");
  ASSERT_FALSE(failed);
  EXPECT_EQ(to_json(*failed.error().members), R"({"Item":)" + std::string(kKey) + "}");
}

TEST_F(ItemOperations, Update) {
  const std::string head = R"({"TableName":"orders","Key":)" + std::string(kKey);
  EXPECT_EQ(answer("UpdateItem", head + R"(,"UpdateExpression":"SET n = :v ADD c :v",
      "ExpressionAttributeValues":{":v":{"N":"2"}},"ReturnValues":"ALL_NEW"})"),
            R"({"Attributes":{"c":{"N":"2"},"n":{"N":"2"},"p":{"S":"a"},"s":{"N":"1"}}})");
  EXPECT_EQ(answer("UpdateItem", head + R"(,"UpdateExpression":"REMOVE n SET c = c + :v",
      "ExpressionAttributeValues":{":v":{"N":"1"}},"ReturnValues":"UPDATED_OLD"})"),
            R"({"Attributes":{"c":{"N":"2"},"n":{"N":"2"}}})");
  EXPECT_EQ(answer("UpdateItem", head + R"(,"UpdateExpression":"SET p = :v",
      "ExpressionAttributeValues":{":v":{"N":"1"}}})"),
            "ValidationException: One or more parameter values were invalid: Cannot update "
            "attribute p. This attribute is part of the key");
  EXPECT_EQ(answer("UpdateItem", head + R"(,"AttributeUpdates":{"c":{"Action":"ADD",
      "Value":{"N":"4"}}},"ReturnValues":"UPDATED_NEW"})"),
            R"({"Attributes":{"c":{"N":"7"}}})");
  EXPECT_EQ(answer("UpdateItem", R"({"TableName":"orders","Key":{"p":{"S":"z"},"s":{"N":"1"}},
      "UpdateExpression":"REMOVE q"})"),
            "{}");
  EXPECT_EQ(get(R"({"p":{"S":"z"},"s":{"N":"1"}})"), "{}");
}

TEST_F(ItemOperations, QueryAPartitionInOrder) {
  for (const char* s : {"10", "9", "-1", "2.5"}) {
    put(R"({"p":{"S":"a"},"s":{"N":")" + std::string(s) + R"("},"g":{"S":"x"}})");
  }
  put(R"({"p":{"S":"b"},"s":{"N":"3"}})");
  const auto values = R"("ProjectionExpression":"s","ExpressionAttributeValues":{":p":{"S":"a"},
      ":l":{"N":"0"},":u":{"N":"9"}},)";
  const auto asked = [&](const std::string& more) { return query(values + more); };
  EXPECT_EQ(asked(R"("KeyConditionExpression":"p = :p AND s BETWEEN :l AND :u")"),
            R"({"Items":[{"s":{"N":"2.5"}},{"s":{"N":"9"}}],"Count":2,"ScannedCount":2})");
  EXPECT_EQ(asked(R"("KeyConditionExpression":"p = :p AND s > :l","ScanIndexForward":false,
      "FilterExpression":"attribute_exists(g) OR g = :u","Limit":2)"),
            R"({"Items":[{"s":{"N":"10"}},{"s":{"N":"9"}}],"Count":2,"ScannedCount":2,)"
            R"("LastEvaluatedKey":{"p":{"S":"a"},"s":{"N":"9"}}})");
  EXPECT_EQ(asked(R"("KeyConditionExpression":"p = :p AND s > :l AND s < :u")"),
            "ValidationException: Invalid KeyConditionExpression: KeyConditionExpressions must "
            "only contain one condition per key");
  EXPECT_EQ(query(R"("KeyConditionExpression":"s = :p","ExpressionAttributeValues":
      {":p":{"S":"a"}})"),
            "ValidationException: Query condition missed key schema element: p");
  EXPECT_EQ(query(R"("KeyConditions":{"p":{"AttributeValueList":[{"S":"b"}],
      "ComparisonOperator":"EQ"}},"Select":"COUNT")"),
            R"({"Count":1,"ScannedCount":1})");
}

TEST_F(ItemOperations, ResumeWhereAPageEnded) {
  for (int i = 0; i < 25; ++i) {
    put(R"({"p":{"S":"p)" + std::to_string(i) + R"("},"s":{"N":"1"}})");
  }
  std::string start;
  size_t found = 0;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = call("Scan", R"({"TableName":"orders","Limit":7)" + start + "}");
    ASSERT_TRUE(page);
    found += page->find("Items")->as_array().size();
    const Document* last = page->find("LastEvaluatedKey");
    if (!last) break;
    start = R"(,"ExclusiveStartKey":)" + to_json(*last);
  }
  EXPECT_EQ(found, 25u);
  size_t in_segments = 0;
  for (int segment = 0; segment < 3; ++segment) {
    const auto page = call("Scan", R"({"TableName":"orders","TotalSegments":3,"Segment":)" +
                                       std::to_string(segment) + "}");
    in_segments += page->find("Items")->as_array().size();
  }
  EXPECT_EQ(in_segments, 25u);
}

TEST_F(ItemOperations, KeepIndexesWithTheirItems) {
  const std::string by_g =
      R"("IndexName":"by_g","KeyConditionExpression":"g = :g",
         "ExpressionAttributeValues":{":g":{"S":"x"}})";
  put(R"({"p":{"S":"a"},"s":{"N":"1"},"g":{"S":"x"},"v":{"S":"not projected"}})");
  put(R"({"p":{"S":"b"},"s":{"N":"1"}})");
  EXPECT_EQ(query(by_g), R"({"Items":[{"g":{"S":"x"},"p":{"S":"a"},"s":{"N":"1"}}],"Count":1,)"
                         R"("ScannedCount":1})");
  put(R"({"p":{"S":"a"},"s":{"N":"1"},"g":{"S":"y"}})");
  EXPECT_EQ(query(by_g), R"({"Items":[],"Count":0,"ScannedCount":0})");
  EXPECT_EQ(query(by_g + R"(,"ConsistentRead":true)"),
            "ValidationException: Consistent reads are not supported on global secondary indexes");
}

TEST_F(ItemOperations, FillAnIndexThatComesLater) {
  put(R"({"p":{"S":"a"},"s":{"N":"1"},"h":{"S":"x"}})");
  ASSERT_TRUE(call("UpdateTable", R"({"TableName":"orders",
      "AttributeDefinitions":[{"AttributeName":"h","AttributeType":"S"}],
      "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by_h",
        "KeySchema":[{"AttributeName":"h","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"ALL"}}}]})"));
  const std::string by_h =
      R"("IndexName":"by_h","Select":"COUNT","KeyConditionExpression":"h = :h",
         "ExpressionAttributeValues":{":h":{"S":"x"}})";
  EXPECT_EQ(query(by_h), R"({"Count":1,"ScannedCount":1})");
  ASSERT_TRUE(call("UpdateTable", R"({"TableName":"orders",
      "GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by_h"}}]})"));
  EXPECT_EQ(query(by_h), "ValidationException: The table does not have the specified index: by_h");
}

TEST_F(ItemOperations, TellTheirCost) {
  EXPECT_EQ(put(R"({"p":{"S":"a"},"s":{"N":"1"},"g":{"S":"x"}})",
                R"(,"ReturnConsumedCapacity":"INDEXES")"),
            R"({"ConsumedCapacity":{"TableName":"orders","CapacityUnits":2,)"
            R"("Table":{"CapacityUnits":1},)"
            R"("GlobalSecondaryIndexes":{"by_g":{"CapacityUnits":1}}}})");
  EXPECT_EQ(answer("GetItem", R"({"TableName":"orders","ReturnConsumedCapacity":"TOTAL","Key":)" +
                                  std::string(kKey) + R"(,"ProjectionExpression":"s"})"),
            R"({"Item":{"s":{"N":"1"}},"ConsumedCapacity":{"TableName":"orders",)"
            R"("CapacityUnits":0.5}})");
}

TEST_F(ItemOperations, WriteAndReadBatches) {
  const std::string puts =
      R"({"RequestItems":{"orders":[{"PutRequest":{"Item":{"p":{"S":"a"},"s":{"N":"1"}}}},
          {"PutRequest":{"Item":{"p":{"S":"a"},"s":{"N":"2"}}}}]}})";
  EXPECT_EQ(answer("BatchWriteItem", puts), R"({"UnprocessedItems":{}})");
  EXPECT_EQ(answer("BatchGetItem", R"({"RequestItems":{"orders":{"Keys":[
      {"p":{"S":"a"},"s":{"N":"2"}},{"p":{"S":"q"},"s":{"N":"2"}}]}}})"),
            R"({"Responses":{"orders":[{"p":{"S":"a"},"s":{"N":"2"}}]},"UnprocessedKeys":{}})");
  EXPECT_EQ(answer("BatchWriteItem",
                   R"({"RequestItems":{"orders":[{"DeleteRequest":{"Key":{"p":{"S":"a"},
          "s":{"N":"1"}}}},{"DeleteRequest":{"Key":{"p":{"S":"a"},"s":{"N":"1"}}}}]}})"),
            "ValidationException: Provided list of item keys contains duplicates");
  EXPECT_NE(get(kKey), "{}");  // the refused batch changed nothing
}

TEST_F(ItemOperations, CarryOutTransactionsWholeOrNotAtAll) {
  const std::string both =
      R"j({"TransactItems":[{"Put":{"TableName":"orders","Item":{"p":{"S":"a"},"s":{"N":"1"}},
            "ConditionExpression":"attribute_not_exists(p)"}},
          {"Update":{"TableName":"orders","Key":{"p":{"S":"b"},"s":{"N":"1"}},
            "UpdateExpression":"ADD n :one","ExpressionAttributeValues":{":one":{"N":"1"}}}}])j";
  EXPECT_EQ(answer("TransactWriteItems", both + R"(,"ClientRequestToken":"t1"})"), "{}");
  EXPECT_EQ(answer("TransactWriteItems", both + R"(,"ClientRequestToken":"t1"})"), "{}");
  const auto canceled = call("TransactWriteItems", both + R"(,"ClientRequestToken":"t2"})");
  ASSERT_FALSE(canceled);
  EXPECT_EQ(canceled.error().message,
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            "[ConditionalCheckFailed, None]");
  EXPECT_EQ(to_json(*canceled.error().members),
            R"({"CancellationReasons":[{"Code":"ConditionalCheckFailed",)"
            R"("Message":"The conditional request failed"},{"Code":"None"}]})");
  EXPECT_EQ(get(R"({"p":{"S":"b"},"s":{"N":"1"}})"),
            R"({"Item":{"n":{"N":"1"},"p":{"S":"b"},"s":{"N":"1"}}})");
  EXPECT_EQ(call("TransactWriteItems", R"({"ClientRequestToken":"t1","TransactItems":[{"Delete":{
      "TableName":"orders","Key":{"p":{"S":"a"},"s":{"N":"1"}}}}]})")
                .error()
                .kind,
            ErrorKind::IdempotentParameterMismatchException);
  clock_.set(Timestamp{clock_.now().milliseconds + 11 * 60 * 1000});
  EXPECT_EQ(call("TransactWriteItems", both + R"(,"ClientRequestToken":"t1"})").error().kind,
            ErrorKind::TransactionCanceledException);
  EXPECT_EQ(answer("TransactGetItems", R"({"TransactItems":[{"Get":{"TableName":"orders","Key":)" +
                                           std::string(kKey) + "}}]}"),
            R"({"Responses":[{"Item":{"p":{"S":"a"},"s":{"N":"1"}}}]})");
}

class TableOperations : public TestService {
 protected:
  std::string create(const std::string& more) {
    return answer("CreateTable",
                  R"({"TableName":"t1t","BillingMode":"PAY_PER_REQUEST",)" + more + "}");
  }
};

const char* const kHashOnly =
    R"("AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}])";

TEST_F(TableOperations, CreateDescribeListAndDelete) {
  const auto created = call("CreateTable", R"({"TableName":"t1t","ProvisionedThroughput":
      {"ReadCapacityUnits":5,"WriteCapacityUnits":6},)" +
                                               std::string(kHashOnly) + "}");
  ASSERT_TRUE(created) << created.error().message;
  EXPECT_EQ(created->find("TableDescription")->text("TableStatus"), "CREATING");
  const auto described = call("DescribeTable", R"({"TableName":"t1t"})");
  EXPECT_EQ(described->find("Table")->text("TableStatus"), "ACTIVE");
  EXPECT_EQ(described->find("Table")->text("TableArn"),
            "arn:aws:dynamodb:us-east-1:000000000000:table/t1t");
  EXPECT_EQ(create(kHashOnly), "ResourceInUseException: Table already exists: t1t");
  EXPECT_EQ(answer("ListTables", "{}"), R"({"TableNames":["t1t"]})");
  EXPECT_TRUE(call("DeleteTable", R"({"TableName":"t1t"})"));
  EXPECT_EQ(answer("DescribeTable", R"({"TableName":"t1t"})"),
            "ResourceNotFoundException: Requested resource not found: Table: t1t not found");
}

TEST_F(TableOperations, CountItemsAndBytes) {
  create(kHashOnly);
  EXPECT_TRUE(call("PutItem", R"({"TableName":"t1t","Item":{"p":{"S":"abc"}}})"));
  EXPECT_TRUE(call("PutItem", R"({"TableName":"t1t","Item":{"p":{"S":"d"},"v":{"S":"xyz"}}})"));
  EXPECT_TRUE(call("DeleteItem", R"({"TableName":"t1t","Key":{"p":{"S":"abc"}}})"));
  const auto described = call("DescribeTable", R"({"TableName":"t1t"})");
  EXPECT_EQ(described->find("Table")->find("ItemCount")->to_int64(), 1);
  EXPECT_EQ(described->find("Table")->find("TableSizeBytes")->to_int64(), 6);
}

TEST_F(TableOperations, RefuseBadSchemas) {
  const std::string invalid = "ValidationException: One or more parameter values were invalid: ";
  EXPECT_EQ(create(R"("AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"q","KeyType":"HASH"}])"),
            invalid +
                "Some index key attributes are not defined in AttributeDefinitions. Keys: "
                "[q], AttributeDefinitions: [p]");
  EXPECT_EQ(create(R"("AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},
      {"AttributeName":"q","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"q","KeyType":"HASH"}])"),
            invalid +
                "Number of attributes in KeySchema does not exactly match number of "
                "attributes defined in AttributeDefinitions");
  EXPECT_EQ(create(R"("AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"p","KeyType":"RANGE"}])"),
            "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key "
            "type");
  EXPECT_EQ(create(std::string(kHashOnly) + R"(,"ProvisionedThroughput":{"ReadCapacityUnits":5,
      "WriteCapacityUnits":6})"),
            invalid +
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                "BillingMode is PAY_PER_REQUEST");
}

TEST_F(TableOperations, ProtectFromDeletion) {
  create(std::string(kHashOnly) + R"(,"DeletionProtectionEnabled":true)");
  EXPECT_EQ(answer("DeleteTable", R"({"TableName":"t1t"})"),
            "ValidationException: Resource cannot be deleted as it is currently protected against "
            "deletion. Disable deletion protection first.");
  EXPECT_TRUE(call("UpdateTable", R"({"TableName":"t1t","DeletionProtectionEnabled":false})"));
  EXPECT_TRUE(call("DeleteTable", R"({"TableName":"t1t"})"));
}

TEST_F(TableOperations, TagAndUntag) {
  create(std::string(kHashOnly) + R"(,"Tags":[{"Key":"a","Value":"1"}])");
  const std::string arn = R"("ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/t1t")";
  EXPECT_EQ(answer("TagResource", "{" + arn + R"(,"Tags":[{"Key":"b","Value":"2"}]})"), "{}");
  EXPECT_EQ(answer("UntagResource", "{" + arn + R"(,"TagKeys":["a"]})"), "{}");
  EXPECT_EQ(answer("ListTagsOfResource", "{" + arn + "}"), R"({"Tags":[{"Key":"b","Value":"2"}]})");
}

TEST_F(TableOperations, SwitchTimeToLive) {
  create(kHashOnly);
  const auto switched = [&](const char* enabled) {
    return answer("UpdateTimeToLive", R"({"TableName":"t1t","TimeToLiveSpecification":
        {"AttributeName":"ttl","Enabled":)" +
                                          std::string(enabled) + "}}");
  };
  EXPECT_EQ(switched("false"), "ValidationException: TimeToLive is already disabled");
  EXPECT_EQ(switched("true"),
            R"({"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}})");
  EXPECT_EQ(switched("true"), "ValidationException: TimeToLive is already enabled");
  EXPECT_EQ(answer("DescribeTimeToLive", R"({"TableName":"t1t"})"),
            R"({"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"ttl"}})");
}

}  // namespace
}  // namespace tidemill::dynamodb
