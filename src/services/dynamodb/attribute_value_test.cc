#include "services/dynamodb/attribute_value.h"

#include <gtest/gtest.h>

#include "wire/json.h"

namespace tidemill::dynamodb {
namespace {

Result<AttributeValue> value(std::string_view json) { return value_from(*parse_json(json)); }
std::string refusal(std::string_view json) { return value(json).error().message; }

TEST(AttributeValue, ReadsAndTellsEveryType) {
  const char* forms[] = {R"({"S":"text"})",
                         R"({"S":""})",
                         R"({"N":"12.5"})",
                         R"({"B":"AAEC"})",
                         R"({"BOOL":true})",
                         R"({"BOOL":false})",
                         R"({"NULL":true})",
                         R"({"L":[{"N":"1"},{"L":[]}]})",
                         R"({"M":{"a":{"S":"x"},"b":{"M":{}}}})",
                         R"({"SS":["a","b"]})",
                         R"({"NS":["-1","9","10"]})",
                         R"({"BS":["AA==","AQ=="]})"};
  for (const char* form : forms) EXPECT_EQ(to_json(to_document(*value(form))), form);
}

TEST(AttributeValue, NormalisesNumbersAndSortsSets) {
  EXPECT_EQ(to_json(to_document(*value(R"({"NS":["10","9.0","-01"]})"))),
            R"({"NS":["-1","9","10"]})");
  EXPECT_EQ(*value(R"({"SS":["a","b"]})"), *value(R"({"SS":["b","a"]})"));
}

TEST(AttributeValue, RefusesInDynamoDbsWords) {
  EXPECT_EQ(
      refusal("{}"),
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  EXPECT_EQ(refusal(R"({"S":"a","N":"1"})"),
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
  EXPECT_EQ(refusal(R"({"NULL":false})"),
            "One or more parameter values were invalid: Null attribute value types must have the "
            "value of true");
  EXPECT_EQ(refusal(R"({"SS":[]})"),
            "One or more parameter values were invalid: An string set  may not be empty");
  EXPECT_EQ(refusal(R"({"BS":[]})"),
            "One or more parameter values were invalid: Binary sets should not be empty");
  EXPECT_EQ(refusal(R"({"SS":["a","b","a"]})"),
            "One or more parameter values were invalid: Input collection [a, b, a] contains "
            "duplicates.");
  EXPECT_EQ(refusal(R"({"NS":["1","1.0"]})"),
            "One or more parameter values were invalid: Input collection contains duplicates");
  EXPECT_EQ(value(R"({"S":1})").error().kind, ErrorKind::SerializationException);
  EXPECT_EQ(value(R"({"B":"*"})").error().kind, ErrorKind::SerializationException);
}

TEST(AttributeValue, RefusesDeepNesting) {
  std::string deep = R"({"S":"x"})";
  for (int i = 0; i < kNestingMax; ++i) deep = R"({"L":[)" + deep + "]}";
  EXPECT_TRUE(value(deep));
  EXPECT_EQ(refusal(R"({"L":[)" + deep + "]}"), "Nesting Levels have exceeded supported limits");
}

TEST(AttributeValue, SurvivesStorage) {
  const auto item = *attributes_from(*parse_json(
      R"({"a":{"S":"x"},"b":{"M":{"c":{"L":[{"BOOL":false},{"NULL":true},{"BOOL":true}]}}},
          "n":{"NS":["1","2"]},"z":{"B":"AAE="},"s":{"SS":["q"]},"k":{"N":"-3.25"}})"));
  EXPECT_EQ(attributes_from_stored(stored_bytes(item)), item);
  EXPECT_EQ(attributes_from_stored(stored_bytes({})), Attributes());
}

TEST(AttributeValue, HasDynamoDbsSize) {
  const auto size = [](std::string_view json) { return size_of(*value(json)); };
  EXPECT_EQ(size(R"({"S":"abc"})"), 3u);
  EXPECT_EQ(size(R"({"N":"123"})"), 3u);
  EXPECT_EQ(size(R"({"N":"-123"})"), 4u);
  EXPECT_EQ(size(R"({"N":"1000000"})"), 2u);
  EXPECT_EQ(size(R"({"BOOL":true})"), 1u);
  EXPECT_EQ(size(R"({"L":[{"S":"ab"}]})"), 6u);
  EXPECT_EQ(size(R"({"M":{"a":{"S":"ab"}}})"), 7u);
  EXPECT_EQ(size_of(*attributes_from(*parse_json(R"({"id":{"S":"abc"}})"))), 5u);
}

TEST(Attributes, KeepsNamesSortedAndUnique) {
  Attributes attributes;
  attributes.set("b", AttributeValue::string("2"));
  attributes.set("a", AttributeValue::string("1"));
  attributes.set("b", AttributeValue::string("3"));
  EXPECT_EQ(attributes.size(), 2u);
  EXPECT_EQ(attributes.begin()->first, "a");
  EXPECT_EQ(attributes.find("b")->text(), "3");
  attributes.erase("b");
  EXPECT_EQ(attributes.find("b"), nullptr);
}

}  // namespace
}  // namespace tidemill::dynamodb
