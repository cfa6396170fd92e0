#include "wire/validation.h"

#include <gtest/gtest.h>

#include "wire/json.h"

namespace tidemill {
namespace {

const std::string_view kTypes[] = {"HASH", "RANGE"};
const Shape kName = {.name = "Name",
                     .kind = ShapeKind::kString,
                     .pattern = "[a-zA-Z0-9_.-]+",
                     .minimum = 3,
                     .maximum = 5,
                     .has_minimum = true,
                     .has_maximum = true};
const Shape kType = {.name = "Type", .kind = ShapeKind::kString, .enumeration = kTypes};
const Shape kLimit = {
    .name = "Limit", .kind = ShapeKind::kInteger, .minimum = 1, .has_minimum = true};
const Shape kData = {.name = "Data", .kind = ShapeKind::kBlob, .maximum = 4, .has_maximum = true};
const Member kElementMembers[] = {
    {.name = "Type", .wire_name = "Type", .shape = &kType, .required = true}};
const Shape kElement = {
    .name = "Element", .kind = ShapeKind::kStructure, .members = kElementMembers};
const Shape kList = {.name = "List", .kind = ShapeKind::kList, .element = &kElement};
const Member kMembers[] = {
    {.name = "TableName", .wire_name = "TableName", .shape = &kName, .required = true},
    {.name = "KeySchema", .wire_name = "KeySchema", .shape = &kList, .required = false},
    {.name = "Limit", .wire_name = "Limit", .shape = &kLimit, .required = false},
    {.name = "Data", .wire_name = "Data", .shape = &kData, .required = false}};
const Shape kInput = {.name = "Input", .kind = ShapeKind::kStructure, .members = kMembers};

std::string verdict(std::string_view json) {
  Document input = *parse_json(json);
  if (const Status fits = fit_to_shape(kInput, input); !fits) return fits.error().message;
  const Status valid = validate(kInput, input);
  return valid ? "ok" : valid.error().message;
}

TEST(Validation, AcceptsWhatTheModelAllows) {
  EXPECT_EQ(verdict(R"({"TableName":"abc","Unknown":1,"Limit":1,"Data":"YWJjZA=="})"), "ok");
}

TEST(Validation, NamesEveryViolationAsAwsDoes) {
  EXPECT_EQ(verdict(R"({"KeySchema":[{"Type":"X"},{}],"Limit":0})"),
            "4 validation errors detected: "
            "Value null at 'tableName' failed to satisfy constraint: Member must not be null; "
            "Value 'X' at 'keySchema.1.member.type' failed to satisfy constraint: "
            "Member must satisfy enum value set: [HASH, RANGE]; "
            "Value null at 'keySchema.2.member.type' failed to satisfy constraint: "
            "Member must not be null; "
            "Value '0' at 'limit' failed to satisfy constraint: "
            "Member must have value greater than or equal to 1");
}

TEST(Validation, ChecksLengthAndPatternOfText) {
  EXPECT_EQ(verdict(R"({"TableName":"a"})"),
            "1 validation error detected: Value 'a' at 'tableName' failed to satisfy constraint: "
            "Member must have length greater than or equal to 3");
  EXPECT_EQ(verdict(R"({"TableName":"a b!"})"),
            "1 validation error detected: Value 'a b!' at 'tableName' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
}

TEST(Validation, RefusesAnotherKindOfValue) {
  EXPECT_EQ(verdict(R"({"TableName":5})"), "NUMBER_VALUE can not be converted to a String");
  EXPECT_EQ(verdict(R"({"Limit":"5"})"), "STRING_VALUE can not be converted to an Integer");
  EXPECT_EQ(verdict(R"({"TableName":{}})"), "Start of structure or map found where not expected.");
  EXPECT_EQ(verdict(R"({"Data":"***"})"), "Invalid base64");
}

}  // namespace
}  // namespace tidemill
