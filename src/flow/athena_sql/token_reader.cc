#include "flow/athena_sql/token_reader.h"

#include <algorithm>

#include "flow/athena_sql/sql_error.h"

namespace tidemill::athena_sql {

const Token& TokenReader::take() {
  const Token& token = peek();
  if (place_ + 1 < tokens_.size()) ++place_;
  return token;
}

bool TokenReader::is_word(std::string_view upper, size_t ahead) const {
  return peek(ahead).kind == TokenKind::kWord && peek(ahead).upper == upper;
}

bool TokenReader::is_symbol(std::string_view symbol, size_t ahead) const {
  return peek(ahead).kind == TokenKind::kSymbol && peek(ahead).text == symbol;
}

bool TokenReader::is_any_word(std::initializer_list<std::string_view> uppers) const {
  return std::any_of(uppers.begin(), uppers.end(),
                     [this](std::string_view upper) { return is_word(upper); });
}

bool TokenReader::is_words(std::initializer_list<std::string_view> uppers) const {
  size_t ahead = 0;
  return std::all_of(uppers.begin(), uppers.end(),
                     [&](std::string_view upper) { return is_word(upper, ahead++); });
}

bool TokenReader::accept_word(std::string_view upper) {
  if (!is_word(upper)) return false;
  take();
  return true;
}

bool TokenReader::accept_words(std::initializer_list<std::string_view> uppers) {
  if (!is_words(uppers)) return false;
  for (size_t i = 0; i < uppers.size(); ++i) take();
  return true;
}

bool TokenReader::accept_symbol(std::string_view symbol) {
  if (!is_symbol(symbol)) return false;
  take();
  return true;
}

void TokenReader::expect_word(std::string_view upper) {
  if (!accept_word(upper)) mismatch("'" + std::string(upper) + "'");
}

void TokenReader::expect_words(std::initializer_list<std::string_view> uppers) {
  for (const std::string_view upper : uppers) expect_word(upper);
}

void TokenReader::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) mismatch("'" + std::string(symbol) + "'");
}

std::string TokenReader::expect_string() {
  if (peek().kind == TokenKind::kString) return take().text;
  mismatch("<string>");
  return "";
}

std::string TokenReader::expect_integer() {
  if (peek().kind == TokenKind::kInteger) return take().text;
  mismatch("<integer>");
  return "";
}

bool TokenReader::is_identifier(size_t ahead) const {
  const Token& token = peek(ahead);
  if (token.kind == TokenKind::kQuoted || token.kind == TokenKind::kBackquoted) return true;
  return token.kind == TokenKind::kWord && !is_reserved(token.upper);
}

Name TokenReader::expect_identifier() {
  const Token& token = peek();
  if (!is_identifier()) {
    mismatch("<identifier>");
    return {};
  }
  if (token.kind == TokenKind::kWord && token.text[0] >= '0' && token.text[0] <= '9') {
    fail(syntax_error(token.at,
                      "identifiers must not start with a digit; surround the identifier with "
                      "double quotes"));
    return {};
  }
  Name name{token.text, token.at};
  take();
  return name;
}

std::vector<Name> TokenReader::qualified_name() {
  std::vector<Name> names{expect_identifier()};
  while (accept_symbol(".")) names.push_back(expect_identifier());
  return names;
}

void TokenReader::mismatch(std::string_view expecting) {
  const Token& token = peek();
  fail(syntax_error(token.at,
                    "mismatched input '" + token.text + "'. Expecting: " + std::string(expecting)));
}

void TokenReader::fail(Error error) {
  if (!error_) error_ = std::move(error);
  place_ = tokens_.size() - 1;
}

TokenReader::Level::Level(TokenReader& reader) : reader_(reader) {
  if (++reader_.nesting_ <= kNestingMax || reader_.failed()) return;
  reader_.fail(sql_error("STATEMENT_TOO_LARGE", reader_.at(),
                         "statement is too large (stack overflow while parsing)"));
}

void TokenReader::count_link(int& links) {
  if (++links <= kChainMax || failed()) return;
  fail(sql_error("STATEMENT_TOO_LARGE", at(),
                 "statement is too large (stack overflow while parsing)"));
}

}  // namespace tidemill::athena_sql
