// Decimal: DynamoDB's Number. Up to 38 significant digits, magnitudes from 1E-130 to
// 9.9999999999999999999999999999999999999E+125, and zero; exact arithmetic.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.html
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::dynamodb {

inline constexpr int kDecimalDigitsMax = 38;

// A value: 0.DIGITS times ten to the power of `exponent`, with neither leading nor trailing zeros,
// so each number has one form.
class Decimal {
 public:
  Decimal() = default;  // zero
  explicit Decimal(int64_t whole);

  // ValidationException in DynamoDB's words when the text is no number, too large, too small or has
  // more than 38 significant digits.
  static Result<Decimal> parse(std::string_view text);

  // The one text of the number, without exponent: "-0.5", "1000".
  std::string text() const;
  // Bytes that sort as the numbers do; equal numbers have equal bytes.
  std::string key_bytes() const;

  bool is_zero() const { return digits_.empty(); }
  bool is_negative() const { return negative_; }
  // Significant digits, as DynamoDB counts the size of a number.
  size_t digit_count() const { return digits_.size(); }
  // The number when it is whole and fits; used for TTL, whose unit is seconds.
  bool fits_int64(int64_t& whole) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  std::strong_ordering operator<=>(const Decimal& other) const;

  // The exact sum when it has at most 38 digits and is in range; ValidationException otherwise.
  static Result<Decimal> add(const Decimal& left, const Decimal& right);
  static Result<Decimal> subtract(const Decimal& left, Decimal right);

 private:
  static Result<Decimal> make(bool negative, std::string digits, int64_t exponent);
  std::strong_ordering compare_magnitude(const Decimal& other) const;

  bool negative_ = false;
  int exponent_ = 0;
  std::string digits_;  // '0'..'9', most significant first; empty: zero
};

}  // namespace tidemill::dynamodb
