#include "services/firehose/prefix_expression.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemill::firehose {

namespace {

using Kind = PrefixPart::Kind;

Result<PrefixPart> parse_expression(std::string_view body) {
  const size_t colon = body.find(':');
  const std::string_view space = body.substr(0, colon);
  const std::string value(colon == std::string_view::npos ? "" : body.substr(colon + 1));
  if (space == "timestamp" && is_timestamp_pattern(value))
    return PrefixPart{Kind::kTimestamp, value};
  if (space == "firehose" && value == "random-string") return PrefixPart{Kind::kRandomString, {}};
  if (space == "firehose" && value == "error-output-type") {
    return PrefixPart{Kind::kErrorOutputType, {}};
  }
  if (space == "partitionKeyFromQuery" && !value.empty()) {
    return PrefixPart{Kind::kKeyFromQuery, value};
  }
  if (space == "partitionKeyFromLambda" && !value.empty()) {
    return PrefixPart{Kind::kKeyFromLambda, value};
  }
  return errors::InvalidArgumentException(
      fmt::format("The expression !{{{}}} in the prefix is not valid.", body));
}

}  // namespace

bool PrefixExpression::has(Kind kind) const {
  return std::any_of(parts.begin(), parts.end(),
                     [kind](const PrefixPart& part) { return part.kind == kind; });
}

bool PrefixExpression::has_expressions() const {
  return std::any_of(parts.begin(), parts.end(),
                     [](const PrefixPart& part) { return part.kind != Kind::kText; });
}

bool PrefixExpression::has_partition_keys() const {
  return has(Kind::kKeyFromQuery) || has(Kind::kKeyFromLambda);
}

bool is_timestamp_pattern(std::string_view pattern) {
  constexpr std::string_view kLetters = "yuMLdDHhkKmsSaEnN";
  bool quoted = false;
  for (const char c : pattern) {
    if (c == '\'') quoted = !quoted;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!quoted && letter && kLetters.find(c) == std::string_view::npos) return false;
  }
  return !pattern.empty() && !quoted;
}

Result<PrefixExpression> parse_prefix(std::string_view text) {
  PrefixExpression expression;
  while (!text.empty()) {
    const size_t open = text.find("!{");
    if (open != 0) {
      expression.parts.push_back({Kind::kText, std::string(text.substr(0, open))});
      if (open == std::string_view::npos) break;
      text.remove_prefix(open);
    }
    const size_t close = text.find('}');
    if (close == std::string_view::npos) {
      return errors::InvalidArgumentException(
          "The sequence !{ can only appear in expressions of the form !{namespace:value}.");
    }
    Result<PrefixPart> part = parse_expression(text.substr(2, close - 2));
    if (!part) return std::move(part).error();
    expression.parts.push_back(*std::move(part));
    text.remove_prefix(close + 1);
  }
  return expression;
}

}  // namespace tidemill::firehose
