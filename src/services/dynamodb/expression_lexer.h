// The words of an expression.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemill::dynamodb {

struct Token {
  enum class Kind : uint8_t {
    kName,         // price
    kNameHolder,   // #price
    kValueHolder,  // :price
    kNumber,       // 3
    kSymbol,       // = <> < <= > >= + - ( ) [ ] . ,
    kUnknown,      // a byte that begins no word
    kEnd,
  };
  Kind kind = Kind::kEnd;
  std::string_view text{};  // within the expression; "<EOF>" at the end
  size_t at = 0;            // its offset

  bool is_symbol(std::string_view symbol) const { return kind == Kind::kSymbol && text == symbol; }
  // A word of the language, in any case: AND, BETWEEN, SET ...
  bool is_word(std::string_view upper_case) const;
};

// Ends with one kEnd token. The tokens point into `expression`.
std::vector<Token> tokens_of(std::string_view expression);

}  // namespace tidemill::dynamodb
