#include "services/dynamodb/decimal.h"

#include <algorithm>
#include <charconv>

namespace tidemill::dynamodb {
namespace {

// Of 0.DIGITS * 10^exponent: 9.99E+125 has exponent 126, 1E-130 has -129.
constexpr int kExponentMax = 126;
constexpr int kExponentMin = -129;
// Written exponents beyond this are out of range whatever the digits are.
constexpr int64_t kWrittenExponentMax = 1'000'000;

constexpr char kKeyZero = '\x80';
constexpr char kKeyPositive = '\xC0';
constexpr char kKeyNegative = '\x40';

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Scanned {
  bool negative = false;
  std::string digits;
  int64_t point = 0;  // digits before the decimal point, exponent included
};

// "[+-]digits[.digits][(e|E)[+-]digits]". False when the text has another form.
bool scan(std::string_view text, Scanned& out) {
  size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) out.negative = text[at++] == '-';
  const size_t digits_from = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  out.digits.assign(text.substr(digits_from, at - digits_from));
  out.point = static_cast<int64_t>(out.digits.size());
  if (at < text.size() && text[at] == '.') {
    const size_t fraction_from = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    out.digits.append(text.substr(fraction_from, at - fraction_from));
  }
  if (out.digits.empty()) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  bool minus = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) minus = text[at++] == '-';
  if (at == text.size() || !std::all_of(text.begin() + static_cast<long>(at), text.end(), is_digit))
    return false;
  int64_t exponent = 0;
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
  if (read.ec != std::errc{} || exponent > kWrittenExponentMax) exponent = kWrittenExponentMax;
  out.point += minus ? -exponent : exponent;
  return true;
}

// The digits of a number aligned at exponent `top`, `width` of them.
std::string aligned(const std::string& digits, int exponent, int top, size_t width) {
  std::string out(static_cast<size_t>(top - exponent), '0');
  out += digits;
  out.resize(width, '0');
  return out;
}

std::string sum_of(const std::string& left, const std::string& right) {
  std::string out(left.size(), '0');
  int carry = 0;
  for (size_t i = left.size(); i-- > 0;) {
    const int digit = (left[i] - '0') + (right[i] - '0') + carry;
    out[i] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  return out;  // the caller leaves room for the last carry
}

std::string difference_of(const std::string& larger, const std::string& smaller) {
  std::string out(larger.size(), '0');
  int borrow = 0;
  for (size_t i = larger.size(); i-- > 0;) {
    int digit = larger[i] - smaller[i] - borrow;
    borrow = digit < 0;
    out[i] = static_cast<char>('0' + digit + 10 * borrow);
  }
  return out;
}

}  // namespace

Decimal::Decimal(int64_t whole) {
  auto parsed = parse(std::to_string(whole));
  CHECK(parsed.has_value());
  *this = *std::move(parsed);
}

Result<Decimal> Decimal::make(bool negative, std::string digits, int64_t exponent) {
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return Decimal();
  digits.erase(0, first);
  exponent -= static_cast<int64_t>(first);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (exponent > kExponentMax) {
    return errors::ValidationException(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }
  if (exponent < kExponentMin) {
    return errors::ValidationException(
        "Number underflow. Attempting to store a number with magnitude smaller than supported "
        "range");
  }
  if (digits.size() > kDecimalDigitsMax) {
    return errors::ValidationException(
        "Attempting to store more than 38 significant digits in a Number");
  }
  Decimal out;
  out.negative_ = negative;
  out.exponent_ = static_cast<int>(exponent);
  out.digits_ = std::move(digits);
  return out;
}

Result<Decimal> Decimal::parse(std::string_view text) {
  Scanned scanned;
  if (!scan(text, scanned)) {
    std::string message = "The parameter cannot be converted to a numeric value";
    if (!text.empty()) message.append(": ").append(text);
    return errors::ValidationException(std::move(message));
  }
  return make(scanned.negative, std::move(scanned.digits), scanned.point);
}

std::string Decimal::text() const {
  if (is_zero()) return "0";
  std::string out = negative_ ? "-" : "";
  const auto count = static_cast<int>(digits_.size());
  if (exponent_ <= 0) {
    out.append("0.").append(static_cast<size_t>(-exponent_), '0').append(digits_);
  } else if (exponent_ >= count) {
    out.append(digits_).append(static_cast<size_t>(exponent_ - count), '0');
  } else {
    const auto whole = static_cast<size_t>(exponent_);
    out.append(digits_, 0, whole).append(".").append(digits_, whole);
  }
  return out;
}

std::string Decimal::key_bytes() const {
  if (is_zero()) return std::string(1, kKeyZero);
  std::string magnitude;
  magnitude += static_cast<char>(exponent_ - kExponentMin);  // 256 values: one byte
  for (size_t i = 0; i < digits_.size(); i += 2) {
    const int high = digits_[i] - '0';
    const int low = i + 1 < digits_.size() ? digits_[i + 1] - '0' : 0;
    magnitude += static_cast<char>(high * 10 + low + 1);  // 0 is left for the end
  }
  magnitude += '\0';
  if (!negative_) return kKeyPositive + magnitude;
  for (char& byte : magnitude) byte = static_cast<char>(~byte);
  return kKeyNegative + magnitude;
}

bool Decimal::fits_int64(int64_t& whole) const {
  if (!is_zero() && exponent_ < static_cast<int>(digits_.size())) return false;
  const std::string written = text();
  const auto read = std::from_chars(written.data(), written.data() + written.size(), whole);
  return read.ec == std::errc{} && read.ptr == written.data() + written.size();
}

std::strong_ordering Decimal::compare_magnitude(const Decimal& other) const {
  if (is_zero() || other.is_zero()) return !is_zero() <=> !other.is_zero();
  if (exponent_ != other.exponent_) return exponent_ <=> other.exponent_;
  return digits_.compare(other.digits_) <=> 0;  // a shorter prefix is smaller: no trailing zeros
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  if (negative_ != other.negative_) return other.negative_ <=> negative_;
  return negative_ ? other.compare_magnitude(*this) : compare_magnitude(other);
}

Result<Decimal> Decimal::add(const Decimal& left, const Decimal& right) {
  if (left.is_zero()) return right;
  if (right.is_zero()) return left;
  const int top = std::max(left.exponent_, right.exponent_) + 1;  // room for the carry
  const auto width_of = [top](const Decimal& number) {
    return static_cast<size_t>(top - number.exponent_) + number.digits_.size();
  };
  const size_t width = std::max(width_of(left), width_of(right));
  const std::string a = aligned(left.digits_, left.exponent_, top, width);
  const std::string b = aligned(right.digits_, right.exponent_, top, width);
  if (left.negative_ == right.negative_) return make(left.negative_, sum_of(a, b), top);
  if (a >= b) return make(left.negative_, difference_of(a, b), top);
  return make(right.negative_, difference_of(b, a), top);
}

Result<Decimal> Decimal::subtract(const Decimal& left, Decimal right) {
  if (!right.is_zero()) right.negative_ = !right.negative_;
  return add(left, right);
}

}  // namespace tidemill::dynamodb
