#include "services/dynamodb/decimal.h"

#include <gtest/gtest.h>

namespace tidemill::dynamodb {
namespace {

std::string normalised(std::string_view text) {
  auto number = Decimal::parse(text);
  return number ? number->text() : number.error().message;
}

TEST(Decimal, HasOneTextForEachNumber) {
  EXPECT_EQ(normalised("0"), "0");
  EXPECT_EQ(normalised("-0.00"), "0");
  EXPECT_EQ(normalised("+007.50"), "7.5");
  EXPECT_EQ(normalised("1e3"), "1000");
  EXPECT_EQ(normalised("12.5E-3"), "0.0125");
  EXPECT_EQ(normalised("-.5"), "-0.5");
  EXPECT_EQ(normalised("5."), "5");
  EXPECT_EQ(normalised("1E-130"), "0." + std::string(129, '0') + "1");
  EXPECT_EQ(normalised("9.9999999999999999999999999999999999999E+125"),
            std::string(38, '9') + std::string(88, '0'));
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  EXPECT_EQ(normalised(""), "The parameter cannot be converted to a numeric value");
  EXPECT_EQ(normalised("b"), "The parameter cannot be converted to a numeric value: b");
  for (const char* text : {" 1", "1 ", "1e", "e1", ".", "--1", "1.2.3", "0x1", "Infinity"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

TEST(Decimal, RefusesWhatIsOutOfRange) {
  const std::string overflow =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  const std::string underflow =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  EXPECT_EQ(normalised("1e126"), overflow);
  EXPECT_EQ(normalised("1e99999999999999999999"), overflow);
  EXPECT_EQ(normalised("-1e126"), overflow);
  EXPECT_EQ(normalised("1e-131"), underflow);
  EXPECT_EQ(normalised("123456789012345678901234567890123456789"),
            "Attempting to store more than 38 significant digits in a Number");
  EXPECT_EQ(normalised("0e999"), "0");
}

TEST(Decimal, KeyBytesSortAsTheNumbersDo) {
  const char* ascending[] = {"-9.9e125", "-1000", "-999.5", "-10",  "-9.99", "-1",     "-0.5",
                             "-1e-130",  "0",     "1e-130", "0.05", "0.5",   "1",      "1.5",
                             "9",        "10",    "99.9",   "100",  "1e20",  "9.9e125"};
  for (size_t i = 1; i < std::size(ascending); ++i) {
    const Decimal lower = *Decimal::parse(ascending[i - 1]);
    const Decimal upper = *Decimal::parse(ascending[i]);
    EXPECT_LT(lower.key_bytes(), upper.key_bytes()) << ascending[i];
    EXPECT_TRUE(lower < upper) << ascending[i];
  }
  EXPECT_EQ(Decimal::parse("1.0")->key_bytes(), Decimal::parse("1")->key_bytes());
}

TEST(Decimal, AddsAndSubtractsExactly) {
  const auto sum = [](const char* a, const char* b) {
    auto result = Decimal::add(*Decimal::parse(a), *Decimal::parse(b));
    return result ? result->text() : result.error().message;
  };
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("999", "1"), "1000");
  EXPECT_EQ(sum("5", "-5"), "0");
  EXPECT_EQ(sum("-1", "0.25"), "-0.75");
  EXPECT_EQ(sum("1e37", "1"), "10000000000000000000000000000000000001");
  EXPECT_EQ(sum("1e38", "1"), "Attempting to store more than 38 significant digits in a Number");
  EXPECT_FALSE(Decimal::add(*Decimal::parse("9e125"), *Decimal::parse("9e125")));
  EXPECT_EQ(Decimal::subtract(Decimal(3), Decimal(5))->text(), "-2");
}

TEST(Decimal, TellsWholeNumbers) {
  int64_t whole = 0;
  EXPECT_TRUE(Decimal::parse("1700000000")->fits_int64(whole));
  EXPECT_EQ(whole, 1700000000);
  EXPECT_FALSE(Decimal::parse("1.5")->fits_int64(whole));
  EXPECT_FALSE(Decimal::parse("1e30")->fits_int64(whole));
}

}  // namespace
}  // namespace tidemill::dynamodb
