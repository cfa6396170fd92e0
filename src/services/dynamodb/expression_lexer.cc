#include "services/dynamodb/expression_lexer.h"

namespace tidemill::dynamodb {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word_byte(char c) { return is_letter(c) || is_digit(c); }

size_t word_end(std::string_view text, size_t at) {
  while (at < text.size() && is_word_byte(text[at])) ++at;
  return at;
}

Token token_at(std::string_view text, size_t at) {
  const auto token = [&](Token::Kind kind, size_t end) {
    return Token{kind, text.substr(at, end - at), at};
  };
  const char c = text[at];
  if (is_letter(c)) return token(Token::Kind::kName, word_end(text, at));
  if (is_digit(c)) return token(Token::Kind::kNumber, word_end(text, at));
  if ((c == '#' || c == ':') && word_end(text, at + 1) > at + 1) {
    return token(c == '#' ? Token::Kind::kNameHolder : Token::Kind::kValueHolder,
                 word_end(text, at + 1));
  }
  const std::string_view two = text.substr(at, 2);
  if (two == "<>" || two == "<=" || two == ">=") return token(Token::Kind::kSymbol, at + 2);
  const bool known = std::string_view("=<>+-()[].,").find(c) != std::string_view::npos;
  return token(known ? Token::Kind::kSymbol : Token::Kind::kUnknown, at + 1);
}

}  // namespace

bool Token::is_word(std::string_view upper_case) const {
  if (kind != Kind::kName || text.size() != upper_case.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c) != upper_case[i]) return false;
  }
  return true;
}

std::vector<Token> tokens_of(std::string_view expression) {
  std::vector<Token> out;
  size_t at = 0;
  while (true) {
    while (at < expression.size() && is_space(expression[at])) ++at;
    if (at == expression.size()) break;
    out.push_back(token_at(expression, at));
    at += out.back().text.size();
  }
  out.push_back(Token{Token::Kind::kEnd, "<EOF>", at});
  return out;
}

}  // namespace tidemill::dynamodb
