// The comparisons inside JSON and space-delimited filter patterns, and how a pattern is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::logs {

// One comparison with a constant: a number, or text in which '*' stands for anything.
struct Comparison {
  enum class Operator { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };
  Operator op = Operator::kEqual;
  std::string text;
  std::optional<double> number;  // of `text`, when it was not quoted

  bool holds_for_text(std::string_view value) const;
  bool holds_for_number(double value) const;
};

bool matches_wildcards(std::string_view pattern, std::string_view text);
// nullopt when the whole text is no number.
std::optional<double> parse_number(std::string_view text);

// Reads the tokens of a pattern, skipping spaces before each.
class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(text) {}
  bool at_end();
  bool take(std::string_view token);
  bool take_word(std::string_view word);  // in any case, and no letter follows
  std::optional<Comparison::Operator> take_operator();
  // A quoted string, or a bare word that ends before a space or one of `stops`.
  Result<Comparison> take_value(std::string_view stops);
  Result<std::string> take_quoted();  // after its opening quote
  std::string take_bare(std::string_view stops);

 private:
  void skip_spaces();
  std::string_view text_;
  size_t at_ = 0;
};

// InvalidParameterException, as AWS words it.
Error bad_pattern(const std::string& why);

}  // namespace tidemill::logs
