#include "services/lambda/function_names.h"

#include <gtest/gtest.h>

namespace tidemill::lambda {
namespace {

const Scope kScope{"111122223333", "eu-west-1"};

FunctionReference parsed(std::string_view name) {
  const auto of = parse_function(kScope, name);
  EXPECT_TRUE(of) << name;
  return of ? *of : FunctionReference{};
}

TEST(FunctionNames, AreReadInEveryForm) {
  EXPECT_EQ(parsed("orders").arn(), "arn:aws:lambda:eu-west-1:111122223333:function:orders");
  EXPECT_EQ(parsed("orders:PROD").qualifier, "PROD");
  EXPECT_EQ(parsed("999988887777:function:orders").scope.account, "999988887777");
  const FunctionReference of =
      parsed("arn:aws:lambda:us-east-1:999988887777:function:orders:$LATEST");
  EXPECT_EQ(of.name, "orders");
  EXPECT_EQ(of.qualifier, "$LATEST");
  EXPECT_EQ(of.scope.region, "us-east-1");
}

TEST(FunctionNames, OfAnotherFormAreRefused) {
  for (const char* name : {"", "a b", "a:b:c", "arn:aws:s3:::bucket", "orders:", "../etc"}) {
    const auto of = parse_function(kScope, name);
    ASSERT_FALSE(of) << name;
    EXPECT_EQ(of.error().kind, ErrorKind::ValidationException);
  }
}

TEST(FunctionNames, MustNotContradictTheQualifier) {
  EXPECT_TRUE(parse_function(kScope, "orders:1", "1"));
  const auto of = parse_function(kScope, "orders:1", "2");
  ASSERT_FALSE(of);
  EXPECT_EQ(of.error().kind, ErrorKind::InvalidParameterValueException);
}

}  // namespace
}  // namespace tidemill::lambda
