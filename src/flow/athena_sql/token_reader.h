// Walks tokens. The first failure is kept and moves the reader to the end, so that every loop of
// the parsers stops by itself; what they return after it is never looked at.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/athena_sql/lexer.h"

namespace tidemill::athena_sql {

// How deep expressions and queries nest, and how long a chain of operators is.
inline constexpr int kNestingMax = 200;
inline constexpr int kChainMax = 1000;

class TokenReader {
 public:
  TokenReader(std::vector<Token> tokens, std::string_view sql)
      : tokens_(std::move(tokens)), sql_(sql) {}

  const Token& peek(size_t ahead = 0) const {
    return tokens_[std::min(place_ + ahead, tokens_.size() - 1)];
  }
  const Token& take();
  Position at() const { return peek().at; }
  bool at_end() const { return peek().kind == TokenKind::kEnd; }

  bool is_word(std::string_view upper, size_t ahead = 0) const;
  bool is_symbol(std::string_view symbol, size_t ahead = 0) const;
  bool is_any_word(std::initializer_list<std::string_view> uppers) const;
  // All of the words, in this order, from here.
  bool is_words(std::initializer_list<std::string_view> uppers) const;

  bool accept_word(std::string_view upper);
  bool accept_words(std::initializer_list<std::string_view> uppers);
  bool accept_symbol(std::string_view symbol);
  void expect_word(std::string_view upper);
  void expect_words(std::initializer_list<std::string_view> uppers);
  void expect_symbol(std::string_view symbol);
  std::string expect_string();
  std::string expect_integer();

  // An identifier: a word that is not reserved, or a quoted one.
  bool is_identifier(size_t ahead = 0) const;
  Name expect_identifier();
  // a.b.c
  std::vector<Name> qualified_name();

  // "mismatched input 'x'. Expecting: <what>".
  void mismatch(std::string_view expecting);
  void fail(Error error);
  bool failed() const { return error_.has_value(); }
  Error take_error() { return std::move(*error_); }

  // The bytes of the text between two tokens' places.
  std::string_view text(size_t begin, size_t end) const { return sql_.substr(begin, end - begin); }
  size_t last_end() const { return place_ ? tokens_[place_ - 1].end : 0; }

  // Counts one level of nesting while it lives; fails the statement at kNestingMax.
  class Level {
   public:
    explicit Level(TokenReader& reader);
    ~Level() { --reader_.nesting_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    TokenReader& reader_;
  };
  // Called once per link of a chain that makes the tree deeper.
  void count_link(int& links);

 private:
  std::vector<Token> tokens_;
  std::string_view sql_;
  size_t place_ = 0;
  int nesting_ = 0;
  std::optional<Error> error_;
};

}  // namespace tidemill::athena_sql
