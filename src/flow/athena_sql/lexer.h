// Text to tokens, for both grammars: Trino quotes identifiers with "", Hive with ``; in Hive "" is
// a string too, which its parser knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/athena_sql/ast.h"
#include "wire/result.h"

namespace tidemill::athena_sql {

enum class TokenKind : uint8_t {
  kWord,        // keyword or identifier
  kQuoted,      // "..."
  kBackquoted,  // `...`
  kString,
  kBinaryString,
  kInteger,
  kDecimal,
  kDouble,
  kSymbol,
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;   // as meant: quotes taken off; a symbol or number as written
  std::string upper;  // of a word
  Position at;
  size_t begin = 0;  // bytes of the text
  size_t end = 0;
};

// The last token is kEnd. QueryRefused when the text has a character that belongs to no
// token, or something in it does not end.
Result<std::vector<Token>> tokenize(std::string_view sql);

// True for the words that cannot be identifiers without quotes.
bool is_reserved(std::string_view upper);

}  // namespace tidemill::athena_sql
