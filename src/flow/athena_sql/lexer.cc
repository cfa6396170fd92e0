#include "flow/athena_sql/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

namespace {

constexpr std::array<std::string_view, 92> kReserved = {"ALTER",        "AND",
                                                        "AS",           "BETWEEN",
                                                        "BY",           "CASE",
                                                        "CAST",         "CONSTRAINT",
                                                        "CREATE",       "CROSS",
                                                        "CUBE",         "CURRENT_CATALOG",
                                                        "CURRENT_DATE", "CURRENT_PATH",
                                                        "CURRENT_ROLE", "CURRENT_SCHEMA",
                                                        "CURRENT_TIME", "CURRENT_TIMESTAMP",
                                                        "CURRENT_USER", "DEALLOCATE",
                                                        "DELETE",       "DESCRIBE",
                                                        "DISTINCT",     "DROP",
                                                        "ELSE",         "END",
                                                        "ESCAPE",       "EXCEPT",
                                                        "EXECUTE",      "EXISTS",
                                                        "EXTRACT",      "FALSE",
                                                        "FOR",          "FROM",
                                                        "FULL",         "GROUP",
                                                        "GROUPING",     "HAVING",
                                                        "IN",           "INNER",
                                                        "INSERT",       "INTERSECT",
                                                        "INTO",         "IS",
                                                        "JOIN",         "JSON_ARRAY",
                                                        "JSON_EXISTS",  "JSON_OBJECT",
                                                        "JSON_QUERY",   "JSON_TABLE",
                                                        "JSON_VALUE",   "LEFT",
                                                        "LIKE",         "LISTAGG",
                                                        "LOCALTIME",    "LOCALTIMESTAMP",
                                                        "NATURAL",      "NORMALIZE",
                                                        "NOT",          "NULL",
                                                        "ON",           "OR",
                                                        "ORDER",        "OUTER",
                                                        "PREPARE",      "RECURSIVE",
                                                        "RIGHT",        "ROLLUP",
                                                        "SELECT",       "SKIP",
                                                        "TABLE",        "THEN",
                                                        "TRIM",         "TRUE",
                                                        "UESCAPE",      "UNION",
                                                        "UNNEST",       "USING",
                                                        "VALUES",       "WHEN",
                                                        "WHERE",        "WITH"};

constexpr std::string_view kSymbols[] = {
    "->", "<>", "!=", "<=", ">=", "||", "=>", "(", ")", "[", "]", ",", ".", ";", "+", "-", "*", "/",
    "%",  "=",  "<",  ">",  "?",  ":",  "{",  "}", "$", "&", "|", "^", "~", "@", "!", "#", "\\"};

bool is_word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_word_start(c) || is_digit(c) || c == '@' || c == '$'; }

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  Result<std::vector<Token>> all() {
    while (true) {
      RETURN_IF_ERROR(skip_blanks());
      token_ = Token{.at = at_, .begin = place_};
      RETURN_IF_ERROR(next());
      token_.end = place_;
      tokens_.push_back(std::move(token_));
      if (tokens_.back().kind == TokenKind::kEnd) return std::move(tokens_);
    }
  }

 private:
  char peek(size_t ahead = 0) const {
    return place_ + ahead < sql_.size() ? sql_[place_ + ahead] : '\0';
  }
  bool at_end() const { return place_ >= sql_.size(); }
  char take() {
    const char c = sql_[place_++];
    if (c == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if ((c & 0xC0) != 0x80) {  // a position counts characters, not bytes
      ++at_.column;
    }
    return c;
  }
  bool starts(std::string_view text) const { return sql_.substr(place_, text.size()) == text; }

  Status skip_blanks() {
    while (!at_end()) {
      if (std::isspace(static_cast<unsigned char>(peek()))) {
        take();
      } else if (starts("--")) {
        while (!at_end() && peek() != '\n') take();
      } else if (starts("/*")) {
        const Position from = at_;
        while (!at_end() && !starts("*/")) take();
        if (at_end()) return syntax_error(from, "mismatched input '/*'");
        take();
        take();
      } else {
        break;
      }
    }
    return ok();
  }

  Status next() {
    if (at_end()) {
      token_.kind = TokenKind::kEnd;
      token_.text = "<EOF>";
      return ok();
    }
    const char c = peek();
    if (c == '\'') return quoted('\'', TokenKind::kString);
    if (c == '"') return quoted('"', TokenKind::kQuoted);
    if (c == '`') return quoted('`', TokenKind::kBackquoted);
    if ((c == 'x' || c == 'X') && peek(1) == '\'') return binary();
    if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '\'') return unicode();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)) && !after_value())) return number();
    if (is_word_start(c) || (c & 0x80)) return word();
    return symbol();
  }

  // "t.1" is not "t" and ".1".
  bool after_value() const {
    if (tokens_.empty() || tokens_.back().end != place_) return false;
    const Token& last = tokens_.back();
    return last.kind == TokenKind::kWord || last.kind == TokenKind::kQuoted || last.text == ")" ||
           last.text == "]";
  }

  Status word() {
    while (!at_end() && (is_word(peek()) || (peek() & 0x80))) token_.text += take();
    token_.kind = TokenKind::kWord;
    token_.upper = upper_case(token_.text);
    return ok();
  }

  Status quoted(char quote, TokenKind kind) {
    token_.kind = kind;
    take();
    while (!at_end()) {
      const char c = take();
      if (c != quote) {
        token_.text += c;
      } else if (peek() == quote && !at_end()) {
        token_.text += take();
      } else {
        return ok();
      }
    }
    return syntax_error(token_.at, std::string("mismatched input '") + quote + "'");
  }

  Status binary() {
    take();
    RETURN_IF_ERROR(quoted('\'', TokenKind::kBinaryString));
    std::string digits;
    for (const char c : token_.text) {
      if (std::isspace(static_cast<unsigned char>(c))) continue;
      if (!std::isxdigit(static_cast<unsigned char>(c))) {
        return syntax_error(token_.at, "Binary literal can only contain hexadecimal digits");
      }
      digits += c;
    }
    if (digits.size() % 2) {
      return syntax_error(token_.at, "Binary literal must contain an even number of digits");
    }
    token_.text.clear();
    for (size_t i = 0; i < digits.size(); i += 2) {
      token_.text += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return ok();
  }

  Status unicode() {
    take();
    take();
    RETURN_IF_ERROR(quoted('\'', TokenKind::kString));
    if (token_.text.find('\\') == std::string::npos) return ok();
    return not_supported(token_.at, "A Unicode escape in a string literal");
  }

  Status number() {
    token_.kind = TokenKind::kInteger;
    while (is_digit(peek())) token_.text += take();
    if (peek() == '.') {
      token_.kind = TokenKind::kDecimal;
      token_.text += take();
      while (is_digit(peek())) token_.text += take();
    }
    if ((peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && is_digit(peek(2))))) {
      token_.kind = TokenKind::kDouble;
      token_.text += take();
      token_.text += take();
      while (is_digit(peek())) token_.text += take();
    }
    if (is_word_start(peek())) {
      while (!at_end() && is_word(peek())) token_.text += take();
      // Hive names may begin with a digit; Trino's parser refuses such a word.
      token_.kind = TokenKind::kWord;
      token_.upper = upper_case(token_.text);
    }
    return ok();
  }

  Status symbol() {
    for (const std::string_view symbol : kSymbols) {
      if (!starts(symbol)) continue;
      token_.kind = TokenKind::kSymbol;
      token_.text = symbol;
      for (size_t i = 0; i < symbol.size(); ++i) take();
      return ok();
    }
    return syntax_error(at_, std::string("mismatched input '") + peek() + "'");
  }

  std::string_view sql_;
  size_t place_ = 0;
  Position at_;
  Token token_;
  std::vector<Token> tokens_;
};

}  // namespace

bool is_reserved(std::string_view upper) {
  return std::find(kReserved.begin(), kReserved.end(), upper) != kReserved.end();
}

Result<std::vector<Token>> tokenize(std::string_view sql) { return Lexer(sql).all(); }

}  // namespace tidemill::athena_sql
