#include "services/logs/filter_comparison.h"

#include <array>
#include <cctype>
#include <charconv>

namespace tidemill::logs {

Error bad_pattern(const std::string& why) {
  return errors::InvalidParameterException("Invalid filter pattern: " + why);
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

// Goes back to the last star on a mismatch: linear for one star, never exponential.
bool matches_wildcards(std::string_view pattern, std::string_view text) {
  size_t p = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;
  size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool Comparison::holds_for_number(double value) const {
  if (!number) return op == Operator::kNotEqual;
  switch (op) {
    case Operator::kEqual:
      return value == *number;
    case Operator::kNotEqual:
      return value != *number;
    case Operator::kLess:
      return value < *number;
    case Operator::kLessOrEqual:
      return value <= *number;
    case Operator::kGreater:
      return value > *number;
    case Operator::kGreaterOrEqual:
      return value >= *number;
  }
  return false;
}

bool Comparison::holds_for_text(std::string_view value) const {
  if (op == Operator::kEqual) return matches_wildcards(text, value);
  if (op == Operator::kNotEqual) return !matches_wildcards(text, value);
  const std::optional<double> numeric = parse_number(value);
  return numeric && holds_for_number(*numeric);
}

void PatternReader::skip_spaces() {
  while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
}

bool PatternReader::at_end() {
  skip_spaces();
  return at_ == text_.size();
}

bool PatternReader::take(std::string_view token) {
  skip_spaces();
  if (text_.substr(at_, token.size()) != token) return false;
  at_ += token.size();
  return true;
}

bool PatternReader::take_word(std::string_view word) {
  skip_spaces();
  if (text_.size() - at_ < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (std::toupper(static_cast<unsigned char>(text_[at_ + i])) != word[i]) return false;
  }
  const size_t after = at_ + word.size();
  if (after < text_.size() && std::isalnum(static_cast<unsigned char>(text_[after]))) return false;
  at_ = after;
  return true;
}

std::optional<Comparison::Operator> PatternReader::take_operator() {
  using Operator = Comparison::Operator;
  constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators = {
      {{"!=", Operator::kNotEqual},
       {"<=", Operator::kLessOrEqual},
       {">=", Operator::kGreaterOrEqual},
       {"=", Operator::kEqual},
       {"<", Operator::kLess},
       {">", Operator::kGreater}}};
  for (const auto& [token, op] : kOperators) {
    if (take(token)) return op;
  }
  return std::nullopt;
}

Result<std::string> PatternReader::take_quoted() {
  std::string value;
  for (; at_ < text_.size(); ++at_) {
    if (text_[at_] == '"') {
      ++at_;
      return value;
    }
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    value += text_[at_];
  }
  return bad_pattern("a quoted text has no end");
}

std::string PatternReader::take_bare(std::string_view stops) {
  skip_spaces();
  const size_t begin = at_;
  while (at_ < text_.size() && !std::isspace(static_cast<unsigned char>(text_[at_])) &&
         stops.find(text_[at_]) == std::string_view::npos) {
    ++at_;
  }
  return std::string(text_.substr(begin, at_ - begin));
}

Result<Comparison> PatternReader::take_value(std::string_view stops) {
  Comparison comparison;
  if (take("%")) return bad_pattern("regular expressions are not supported by Tidemill");
  if (take("\"")) {
    auto quoted = take_quoted();
    if (!quoted) return std::move(quoted).error();
    comparison.text = *std::move(quoted);
    return comparison;
  }
  comparison.text = take_bare(stops);
  if (comparison.text.empty()) return bad_pattern("a value is missing");
  comparison.number = parse_number(comparison.text);
  return comparison;
}

}  // namespace tidemill::logs
