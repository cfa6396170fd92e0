// What the parsers of conditions, updates and projections share: the tokens, paths, operands and
// the refusals. Private to the parsers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expression_lexer.h"
#include "services/dynamodb/expression_parser.h"

namespace tidemill::dynamodb {

class ExpressionReader {
 public:
  ExpressionReader(std::string_view parameter, std::string_view text, Placeholders& placeholders);

  // Empty text and text beyond kExpressionBytesMax.
  Status check_size() const;

  const Token& peek() const { return tokens_[at_]; }
  const Token& peek_next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  const Token& take();
  size_t index() const { return at_; }  // of the next token
  bool take_symbol(std::string_view symbol);
  bool take_word(std::string_view upper_case);
  Status expect_symbol(std::string_view symbol);
  Status expect_word(std::string_view upper_case);
  Status expect_end();

  Result<Path> path();
  Result<Operand> operand();

  // Counts towards kOperatorsMax.
  Status count_operator();

  Error refused(const std::string& why) const;
  Error syntax_error() const;  // at the next token
  Error wrong_operand(std::string_view op, std::string_view type) const;

  std::string_view parameter() const { return parameter_; }
  bool is_update() const { return parameter_ == "UpdateExpression"; }

 private:
  Result<std::string> path_name();
  Result<Operand> value_operand();
  Result<Operand> function_call();
  Status check_call(const Operand& call, std::string_view name);
  Status check_update_call(const Operand& call) const;
  Status check_attribute_type(const Operand& call) const;

  std::string_view parameter_;
  std::string_view text_;
  Placeholders& placeholders_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int operators_ = 0;
};

}  // namespace tidemill::dynamodb
