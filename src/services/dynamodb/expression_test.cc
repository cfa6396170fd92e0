#include <gtest/gtest.h>

#include "services/dynamodb/evaluation.h"
#include "services/dynamodb/expression_parser.h"
#include "services/dynamodb/reserved_words.h"
#include "wire/json.h"

namespace tidemill::dynamodb {
namespace {

Item item_of(std::string_view json) { return *attributes_from(*parse_json(json)); }

// The placeholders every test may use.
Placeholders placeholders() {
  const std::map<std::string, std::string> names = {{"#n", "name"}, {"#d", "dotted.name"}};
  const Document values = *parse_json(
      R"({":one":{"N":"1"},":two":{"N":"2"},":s":{"S":"abc"},":t":{"BOOL":true},":a":{"S":"a"},
          ":l":{"L":[{"N":"9"}]},":ss":{"SS":["x"]},":type":{"S":"N"},":bad":{"S":"Z"},
          ":ns":{"NS":["1","5"]}, ":m":{"M":{}}})");
  return *Placeholders::from(&names, &values);
}

const char* const kItem =
    R"({"id":{"S":"abc"},"n":{"N":"1"},"l":{"L":[{"N":"1"},{"S":"abc"},{"N":"3"}]},
        "m":{"M":{"x":{"N":"1"},"y":{"M":{"z":{"S":"deep"}}}}},"ss":{"SS":["x","y"]},
        "name":{"S":"Ann"},"dotted.name":{"BOOL":true},"b":{"B":"AAEC"}})";

std::string condition(std::string_view text) {
  Placeholders held = placeholders();
  auto parsed = parse_condition("ConditionExpression", text, held);
  if (!parsed) return parsed.error().message;
  return holds(*parsed, item_of(kItem)) ? "true" : "false";
}

std::string updated(std::string_view text, std::string_view json = kItem) {
  Placeholders held = placeholders();
  auto parsed = parse_update(text, held);
  if (!parsed) return parsed.error().message;
  Item item = item_of(json);
  auto applied = apply_update(*parsed, item);
  return applied ? to_json(to_document(item)) : applied.error().message;
}

std::string projected(std::string_view text) {
  Placeholders held = placeholders();
  auto parsed = parse_projection(text, held);
  return parsed ? to_json(to_document(project(item_of(kItem), *parsed))) : parsed.error().message;
}

TEST(ReservedWords, AreKnownInAnyCase) {
  EXPECT_TRUE(is_reserved_word("name"));
  EXPECT_TRUE(is_reserved_word("Zone"));
  EXPECT_FALSE(is_reserved_word("order_id"));
}

TEST(Condition, Compares) {
  EXPECT_EQ(condition("n = :one"), "true");
  EXPECT_EQ(condition("n < :two AND id = :s"), "true");
  EXPECT_EQ(condition("n >= :two or not id <> :s"), "true");
  EXPECT_EQ(condition("n < :s"), "false");
  EXPECT_EQ(condition("absent <> :one"), "true");
  EXPECT_EQ(condition("absent = :one"), "false");
  EXPECT_EQ(condition("n BETWEEN :one AND :two"), "true");
  EXPECT_EQ(condition("id IN (:a, :s)"), "true");
  EXPECT_EQ(condition("m.y.z = :s or l[1] = :s"), "true");
  EXPECT_EQ(condition("#d = :t AND (NOT #n = :s)"), "true");
}

TEST(Condition, CallsFunctions) {
  EXPECT_EQ(condition("attribute_exists(m.x)"), "true");
  EXPECT_EQ(condition("attribute_not_exists(l[7])"), "true");
  EXPECT_EQ(condition("begins_with(id, :a)"), "true");
  EXPECT_EQ(condition("contains(ss, :a)"), "false");
  EXPECT_EQ(condition("contains(l, :s)"), "true");
  EXPECT_EQ(condition("contains(id, :a)"), "true");
  EXPECT_EQ(condition("attribute_type(n, :type)"), "true");
  EXPECT_EQ(condition("size(b) > :two"), "true");
  EXPECT_EQ(condition("size(n) > :one"), "false");
}

TEST(Condition, RefusesBadSyntaxInDynamoDbsWords) {
  const std::string invalid = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition(""), invalid + "The expression can not be empty;");
  EXPECT_EQ(condition("n = = :one"), invalid + "Syntax error; token: \"=\", near: \"= = :one\"");
  EXPECT_EQ(condition("n ="), invalid + "Syntax error; token: \"<EOF>\", near: \"=\"");
  EXPECT_EQ(condition("((n = :one))"), invalid + "The expression has redundant parentheses;");
  EXPECT_EQ(condition("((n = :one) AND (id = :s))"), "true");
  EXPECT_EQ(condition("((n = :one) AND id = :s)"), "true");
  EXPECT_EQ(condition("name = :one"),
            invalid + "Attribute name is a reserved keyword; reserved keyword: name");
  EXPECT_EQ(
      condition(std::string(4097, ' ') + "n = :one"),
      invalid + "Expression size has exceeded the maximum allowed size; expression size: 4105");
}

TEST(Condition, RefusesUndefinedPlaceholders) {
  const std::string invalid = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition("#zz = :one"), invalid +
                                         "An expression attribute name used in the document path "
                                         "is not defined; attribute name: #zz");
  EXPECT_EQ(condition("n = :zz"), invalid +
                                      "An expression attribute value used in expression is not "
                                      "defined; attribute value: :zz");
}

TEST(Condition, RefusesBadOperands) {
  const std::string invalid = "Invalid ConditionExpression: ";
  EXPECT_EQ(condition("foo(n)"), invalid + "Invalid function name; function: foo");
  EXPECT_EQ(condition("attribute_exists(n, id)"),
            invalid +
                "Incorrect number of operands for operator or function; operator or function: "
                "attribute_exists, number of operands: 2");
  EXPECT_EQ(condition("attribute_exists(:s)"),
            invalid +
                "Operator or function requires a document path; operator or function: "
                "attribute_exists");
  EXPECT_EQ(
      condition("size(n)"),
      invalid + "The function is not allowed to be used this way in an expression; function: size");
  EXPECT_EQ(condition("if_not_exists(n, :one) = :one"),
            invalid +
                "The function is not allowed in a condition expression; function: "
                "if_not_exists");
  EXPECT_EQ(condition("n < :t"), invalid +
                                     "Incorrect operand type for operator or function; operator "
                                     "or function: <, operand type: BOOL");
  EXPECT_EQ(condition("begins_with(id, :one)"),
            invalid +
                "Incorrect operand type for operator or function; operator or function: "
                "begins_with, operand type: N");
  EXPECT_EQ(condition("attribute_type(id, :bad)"),
            invalid +
                "Invalid attribute type name found; type: Z, valid types: "
                "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  EXPECT_EQ(condition("n BETWEEN :two AND :one"),
            invalid +
                "The BETWEEN operator requires upper bound to be greater than or equal to lower "
                "bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: "
                "AttributeValue: {N:1}");
  EXPECT_EQ(condition("n = n"),
            invalid +
                "The first operand must be distinct from the remaining operands for this operator "
                "or function; operator: =, first operand: [n]");
}

TEST(Condition, LimitsOperators) {
  std::string text = "n = :one";
  for (int i = 0; i < 200; ++i) text += " OR n=:s";
  EXPECT_NE(condition(text).find("more operators"), std::string::npos);
  EXPECT_NE(condition(std::string(2000, '(') + "n = :one").find("Syntax error"), std::string::npos);
}

TEST(Update, SetsRemovesAddsAndDeletes) {
  EXPECT_EQ(updated("SET a = :one, n = n + :two REMOVE id", R"({"id":{"S":"x"},"n":{"N":"1"}})"),
            R"({"a":{"N":"1"},"n":{"N":"3"}})");
  EXPECT_EQ(updated("ADD n :one, c :two, s :ss DELETE t :ss",
                    R"({"n":{"N":"1"},"s":{"SS":["a"]},"t":{"SS":["x"]}})"),
            R"({"c":{"N":"2"},"n":{"N":"2"},"s":{"SS":["a","x"]}})");
  EXPECT_EQ(updated("set a = if_not_exists(b, :one), l = list_append(:l, l)", R"({"l":{"L":[]}})"),
            R"({"a":{"N":"1"},"l":{"L":[{"N":"9"}]}})");
  EXPECT_EQ(updated("SET x = y, y = x", R"({"x":{"N":"1"},"y":{"N":"2"}})"),
            R"({"x":{"N":"2"},"y":{"N":"1"}})");
}

TEST(Update, ReachesIntoDocuments) {
  const char* item = R"({"l":{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]},"m":{"M":{"a":{"M":{}}}}})";
  EXPECT_EQ(updated("REMOVE l[0], l[2] SET m.a.b = :one", item),
            R"({"l":{"L":[{"N":"1"}]},"m":{"M":{"a":{"M":{"b":{"N":"1"}}}}}})");
  EXPECT_EQ(updated("SET l[9] = :two, l[5] = :one REMOVE m", item),
            R"({"l":{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"1"},{"N":"2"}]}})");
  const std::string bad =
      "The document path provided in the update expression is invalid for update";
  EXPECT_EQ(updated("SET q.a = :one", item), bad);
  EXPECT_EQ(updated("REMOVE l.a", item), bad);
  EXPECT_EQ(updated("SET m[0] = :one", item), bad);
}

TEST(Update, RefusesInDynamoDbsWords) {
  const std::string invalid = "Invalid UpdateExpression: ";
  EXPECT_EQ(updated("SET a = :one SET b = :one"),
            invalid + "The \"SET\" section can only be used once in an update expression;");
  EXPECT_EQ(updated("SET a = :one, a.b = :two"),
            invalid +
                "Two document paths overlap with each other; must remove or rewrite one of these "
                "paths; path one: [a], path two: [a, b]");
  EXPECT_EQ(updated("SET a.b = :one, a[0] = :two"),
            invalid +
                "Two document paths conflict with each other; must remove or rewrite one of these "
                "paths; path one: [a, b], path two: [a, [0]]");
  EXPECT_EQ(updated("ADD a :s"),
            invalid +
                "Incorrect operand type for operator or function; operator: ADD, operand type: "
                "STRING, typeSet: ALLOWED_FOR_ADD_OPERAND");
  EXPECT_EQ(updated("SET a = :s + :one"),
            invalid +
                "Incorrect operand type for operator or function; operator or function: +, operand "
                "type: S");
  EXPECT_EQ(updated("SET a = size(b)"),
            invalid + "The function is not allowed in an update expression; function: size");
  EXPECT_EQ(updated("PUT a = :one"), invalid + "Syntax error; token: \"PUT\", near: \"PUT a\"");
  EXPECT_EQ(updated("SET a = id + :one"),
            "An operand in the update expression has an incorrect data type");
  EXPECT_EQ(updated("SET a = absent"),
            "The provided expression refers to an attribute that does not exist in the item");
}

TEST(Projection, KeepsTheShape) {
  EXPECT_EQ(projected("n, m.y.z, l[2], l[0], absent, #n"),
            R"({"l":{"L":[{"N":"1"},{"N":"3"}]},"m":{"M":{"y":{"M":{"z":{"S":"deep"}}}}},)"
            R"("n":{"N":"1"},"name":{"S":"Ann"}})");
  EXPECT_EQ(projected("a, a"),
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove "
            "or rewrite one of these paths; path one: [a], path two: [a]");
}

TEST(Placeholders, MustAllBeUsed) {
  const std::map<std::string, std::string> names = {{"#a", "a"}, {"#b", "b"}, {"#c", "c"}};
  auto held = *Placeholders::from(&names, nullptr);
  held.name("#b");
  EXPECT_EQ(held.check_all_used().error().message,
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");
}

TEST(Placeholders, RefusesBadKeysAndValues) {
  const std::map<std::string, std::string> names = {{"a", "a"}};
  EXPECT_EQ(Placeholders::from(&names, nullptr).error().message,
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
  const auto refused = [](std::string_view json) {
    const Document values = *parse_json(json);
    return Placeholders::from(nullptr, &values).error().message;
  };
  EXPECT_EQ(refused("{}"), "ExpressionAttributeValues must not be empty");
  EXPECT_EQ(refused(R"({":":{"S":"a"}})"),
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \":\"");
  EXPECT_EQ(refused(R"({":a":{"N":"x"}})"),
            "ExpressionAttributeValues contains invalid value: The parameter cannot be converted "
            "to a numeric value: x for key :a");
}

}  // namespace
}  // namespace tidemill::dynamodb
