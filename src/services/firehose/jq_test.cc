#include "services/firehose/jq.h"

#include <gtest/gtest.h>

namespace tidemill::firehose {
namespace {

using Keys = std::map<std::string, std::string>;

TEST(Jq, AnswersTheKeysOfARecord) {
  auto program = JqProgram::compile("{customer_id: .customer.id, year: .at[0:4], big: (.n > 5)}");
  ASSERT_TRUE(program);
  const auto keys = program->keys_of(R"({"customer":{"id":"c1"},"at":"2026-11-24","n":7})");
  ASSERT_TRUE(keys);
  EXPECT_EQ(*keys, (Keys{{"customer_id", "c1"}, {"year", "2026"}, {"big", "true"}}));
}

TEST(Jq, RunsAgainAfterAFailure) {
  auto program = JqProgram::compile("{n: (.n + 1)}");
  ASSERT_TRUE(program);
  EXPECT_FALSE(program->keys_of("{"));
  EXPECT_FALSE(program->keys_of(R"({"n":"text"})"));
  EXPECT_EQ(*program->keys_of(R"({"n":1})"), (Keys{{"n", "2"}}));
}

TEST(Jq, RefusesAProgramThatDoesNotCompile) {
  const auto program = JqProgram::compile("{a: .b");
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().name(), "InvalidArgumentException");
  EXPECT_NE(program.error().message.find("syntax error"), std::string::npos);
}

TEST(Jq, RefusesProgramsThatReachOutside) {
  EXPECT_FALSE(JqProgram::compile("{a: env.HOME}"));
  EXPECT_FALSE(JqProgram::compile("{a: $ENV.HOME}"));
  EXPECT_FALSE(JqProgram::compile("{a: \"\\(env.HOME)\"}"));
  EXPECT_FALSE(JqProgram::compile(R"(include "x"; {a: 1})"));
  EXPECT_FALSE(JqProgram::compile("input"));
  EXPECT_TRUE(JqProgram::compile("{env: .env, input: .input}"));
  EXPECT_TRUE(JqProgram::compile(R"({a: .["env"]})"));
}

TEST(Jq, RefusesKeysThatAreNotText) {
  auto program = JqProgram::compile("{a: .a}");
  EXPECT_FALSE(program->keys_of(R"({"a":null})"));
  EXPECT_FALSE(program->keys_of(R"({"a":[1]})"));
  auto list = JqProgram::compile("[.a]");
  EXPECT_FALSE(list->keys_of(R"({"a":1})"));
}

}  // namespace
}  // namespace tidemill::firehose
