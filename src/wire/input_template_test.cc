#include "wire/input_template.h"

#include <gtest/gtest.h>

#include "wire/json.h"

namespace tidemill {
namespace {

std::string found(const char* path, const char* json) {
  Result<JsonPath> compiled = JsonPath::parse(path);
  if (!compiled) return "refused";
  const auto value = compiled->find(*parse_json(json));
  return value ? to_json(*value) : "nothing";
}

TEST(JsonPath, FollowsNamesAndIndexes) {
  EXPECT_EQ(found("$", R"({"a":1})"), R"({"a":1})");
  EXPECT_EQ(found("$.a.b-c", R"({"a":{"b-c":[1,2]}})"), "[1,2]");
  EXPECT_EQ(found("$.a[1].b", R"({"a":[0,{"b":"x"}]})"), R"("x")");
  EXPECT_EQ(found("$['a b'].c", R"({"a b":{"c":true}})"), "true");
  EXPECT_EQ(found("$.a[*].b", R"({"a":[{"b":1},{"c":2},{"b":3}]})"), "[1,3]");
  EXPECT_EQ(found("$.a.x", R"({"a":{"b":1}})"), "nothing");
  EXPECT_EQ(found("$.a[3]", R"({"a":[1]})"), "nothing");
}

TEST(JsonPath, RefusesOtherTexts) {
  for (const char* text : {"", "a", "$a", "$.", "$..a", "$.a[", "$.a[x]", "$.a[?(@.b)]"}) {
    EXPECT_EQ(found(text, "{}"), "refused") << text;
  }
}

std::string rendered(const char* text) {
  const Document values = *parse_json(R"({"name":"a \"b\"","n":5,"o":{"k":"v"},"aws.x":true})");
  const auto lookup = [&values](std::string_view name) -> std::optional<Document> {
    const Document* value = values.find(name);
    return value ? std::optional<Document>(*value) : std::nullopt;
  };
  return InputTemplate::parse(text).render(lookup);
}

TEST(InputTemplate, WritesValuesAsJsonOutsideQuotes) {
  EXPECT_EQ(rendered(R"({"a": <name>, "b": <n>, "c": <o>, "d": <aws.x>})"),
            R"({"a": "a \"b\"", "b": 5, "c": {"k":"v"}, "d": true})");
  EXPECT_EQ(rendered(R"({"a": <absent>})"), R"({"a": ""})");
}

TEST(InputTemplate, WritesEscapedTextInsideQuotes) {
  EXPECT_EQ(rendered(R"("order of <name>: <n> <o><absent>")"),
            R"("order of a \"b\": 5 {\"k\":\"v\"}")");
  EXPECT_EQ(rendered(R"("\"<n>\"")"), R"("\"5\"")");
}

TEST(InputTemplate, LeavesOtherAngleBracketsAlone) {
  EXPECT_EQ(rendered("1 < 2 > 1 <> <a b> <n"), "1 < 2 > 1 <> <a b> <n");
  EXPECT_EQ(InputTemplate::parse("<a><$.b.c[0]>").placeholders(),
            (std::vector<std::string_view>{"a", "$.b.c[0]"}));
}

}  // namespace
}  // namespace tidemill
