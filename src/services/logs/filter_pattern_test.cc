#include "services/logs/filter_pattern.h"

#include <gtest/gtest.h>

namespace tidemill::logs {
namespace {

bool matches(std::string_view pattern, std::string_view message) {
  auto parsed = parse_filter_pattern(pattern);
  EXPECT_TRUE(parsed) << pattern;
  return parsed && (*parsed)->matches(message);
}

TEST(FilterPattern, AnEmptyPatternMatchesAll) { EXPECT_TRUE(matches("", "anything")); }

TEST(FilterPattern, TermsAreAllRequired) {
  EXPECT_TRUE(matches("ERROR code", "[ERROR] code 5"));
  EXPECT_FALSE(matches("ERROR code", "[ERROR] 5"));
  EXPECT_FALSE(matches("ERROR -timeout", "ERROR timeout"));
  EXPECT_TRUE(matches("\"INTERNAL SERVER\"", "INTERNAL SERVER ERROR"));
  EXPECT_FALSE(matches("\"INTERNAL SERVER\"", "INTERNAL A SERVER"));
}

TEST(FilterPattern, QuestionMarksMakeTermsOptional) {
  EXPECT_TRUE(matches("?WARN ?ERROR", "an ERROR"));
  EXPECT_FALSE(matches("?WARN ?ERROR", "fine"));
}

TEST(FilterPattern, JsonSelectorsCompareValues) {
  EXPECT_TRUE(matches("{ $.code = 404 }", R"({"code":404})"));
  EXPECT_TRUE(matches("{ $.code >= 400 && $.user.name = \"a*\" }",
                      R"({"code":404,"user":{"name":"anna"}})"));
  EXPECT_FALSE(matches("{ ($.a = 1) || ($.b = 2) }", R"({"a":2,"b":1})"));
  EXPECT_TRUE(matches("{ $.list[1] = x }", R"({"list":["y","x"]})"));
  EXPECT_TRUE(matches("{ $.none NOT EXISTS }", R"({"a":1})"));
  EXPECT_TRUE(matches("{ $.a IS NULL }", R"({"a":null})"));
  EXPECT_TRUE(matches("{ $.a IS TRUE }", R"({"a":true})"));
  EXPECT_FALSE(matches("{ $.a = 1 }", "not json"));
}

TEST(FilterPattern, ColumnsArePartedBySpaces) {
  EXPECT_TRUE(matches("[ip, user, status = 4*, bytes > 1000]", "1.2.3.4 anna 404 2000"));
  EXPECT_FALSE(matches("[ip, user, status = 4*, bytes > 1000]", "1.2.3.4 anna 404 20"));
  EXPECT_TRUE(matches("[ip, ..., bytes > 1000]", "1.2.3.4 [a b] \"GET /\" 2000"));
}

TEST(FilterPattern, RefusesWhatIsNoPattern) {
  for (const char* pattern : {"{ $.a }", "{ a = 1 }", "{ $.a = 1", "[a, b", "\"open", "%a%"}) {
    const auto parsed = parse_filter_pattern(pattern);
    ASSERT_FALSE(parsed) << pattern;
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidParameterException);
  }
  EXPECT_FALSE(parse_filter_pattern("{" + std::string(500, '(')));
}

}  // namespace
}  // namespace tidemill::logs
