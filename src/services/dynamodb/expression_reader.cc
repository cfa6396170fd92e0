#include "services/dynamodb/expression_reader.h"

#include <charconv>
#include <optional>

#include "services/dynamodb/reserved_words.h"

namespace tidemill::dynamodb {
namespace {

constexpr uint64_t kListIndexMax = 1'000'000;
constexpr int kPathStepsMax = kNestingMax + 1;

constexpr Function kFunctions[] = {Function::kAttributeExists, Function::kAttributeNotExists,
                                   Function::kAttributeType,   Function::kBeginsWith,
                                   Function::kContains,        Function::kSize,
                                   Function::kIfNotExists,     Function::kListAppend};

std::optional<Function> function_named(std::string_view name) {
  for (const Function function : kFunctions) {
    if (function_name(function) == name) return function;
  }
  return std::nullopt;
}

bool is_update_function(Function function) {
  return function == Function::kIfNotExists || function == Function::kListAppend;
}

size_t arity_of(Function function) {
  switch (function) {
    case Function::kAttributeExists:
    case Function::kAttributeNotExists:
    case Function::kSize:
      return 1;
    default:
      return 2;
  }
}

bool needs_path_first(Function function) {
  return function == Function::kAttributeExists || function == Function::kAttributeNotExists ||
         function == Function::kIfNotExists;
}

bool has_size(Type type) { return type != Type::kN && type != Type::kBool && type != Type::kNull; }

// "condition", "filter", "key condition", "update": of the parameter's name.
std::string expression_word(std::string_view parameter) {
  if (parameter == "KeyConditionExpression") return "key condition";
  std::string out(parameter.substr(0, parameter.find("Expression")));
  if (!out.empty()) out[0] = static_cast<char>(out[0] | 0x20);
  return out;
}

}  // namespace

ExpressionReader::ExpressionReader(std::string_view parameter, std::string_view text,
                                   Placeholders& placeholders)
    : parameter_(parameter), text_(text), placeholders_(placeholders), tokens_(tokens_of(text)) {}

Status ExpressionReader::check_size() const {
  if (tokens_.size() == 1) return refused("The expression can not be empty;");
  if (text_.size() > kExpressionBytesMax) {
    return refused("Expression size has exceeded the maximum allowed size; expression size: " +
                   std::to_string(text_.size()));
  }
  return ok();
}

const Token& ExpressionReader::take() {
  const Token& token = tokens_[at_];
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool ExpressionReader::take_symbol(std::string_view symbol) {
  if (!peek().is_symbol(symbol)) return false;
  take();
  return true;
}

bool ExpressionReader::take_word(std::string_view upper_case) {
  if (!peek().is_word(upper_case)) return false;
  take();
  return true;
}

Status ExpressionReader::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) return syntax_error();
  return ok();
}

Status ExpressionReader::expect_word(std::string_view upper_case) {
  if (!take_word(upper_case)) return syntax_error();
  return ok();
}

Status ExpressionReader::expect_end() {
  if (peek().kind != Token::Kind::kEnd) return syntax_error();
  return ok();
}

Status ExpressionReader::count_operator() {
  if (++operators_ <= kOperatorsMax) return ok();
  return refused("The expression contains more operators than allowed; maximum: " +
                 std::to_string(kOperatorsMax));
}

Error ExpressionReader::refused(const std::string& why) const {
  return errors::ValidationException("Invalid " + std::string(parameter_) + ": " + why);
}

Error ExpressionReader::syntax_error() const {
  const Token& token = peek();
  const size_t from = at_ > 0 ? tokens_[at_ - 1].at : token.at;
  const Token& last = peek_next().kind == Token::Kind::kEnd ? token : peek_next();
  size_t end = last.kind == Token::Kind::kEnd ? text_.size() : last.at + last.text.size();
  while (end > from && text_[end - 1] == ' ') --end;
  return refused("Syntax error; token: \"" + std::string(token.text) + "\", near: \"" +
                 std::string(text_.substr(from, end - from)) + "\"");
}

Error ExpressionReader::wrong_operand(std::string_view op, std::string_view type) const {
  return refused("Incorrect operand type for operator or function; operator or function: " +
                 std::string(op) + ", operand type: " + std::string(type));
}

Result<std::string> ExpressionReader::path_name() {
  const Token& token = peek();
  if (token.kind == Token::Kind::kNameHolder) {
    const std::string* name = placeholders_.name(token.text);
    if (!name) {
      return refused(
          "An expression attribute name used in the document path is not defined; attribute "
          "name: " +
          std::string(token.text));
    }
    take();
    return *name;
  }
  if (token.kind != Token::Kind::kName) return syntax_error();
  if (is_reserved_word(token.text)) {
    return refused("Attribute name is a reserved keyword; reserved keyword: " +
                   std::string(token.text));
  }
  return std::string(take().text);
}

Result<Path> ExpressionReader::path() {
  Path out;
  auto first = path_name();
  if (!first) return std::move(first).error();
  out.steps.emplace_back(*std::move(first));
  while (out.steps.size() <= kPathStepsMax) {
    if (take_symbol(".")) {
      auto name = path_name();
      if (!name) return std::move(name).error();
      out.steps.emplace_back(*std::move(name));
    } else if (take_symbol("[")) {
      const std::string_view digits = peek().text;
      uint64_t index = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
      if (peek().kind != Token::Kind::kNumber || read.ptr != digits.data() + digits.size()) {
        return syntax_error();
      }
      if (read.ec != std::errc{} || index > kListIndexMax) {
        return refused("List index is not within the allowable range; index: [" +
                       std::string(digits) + "]");
      }
      take();
      RETURN_IF_ERROR(expect_symbol("]"));
      out.steps.emplace_back(index);
    } else {
      return out;
    }
  }
  return refused("The document path has too many nesting elements; nesting levels: " +
                 std::to_string(out.steps.size()));
}

Result<Operand> ExpressionReader::value_operand() {
  const std::string_view holder = peek().text;
  const AttributeValue* value = placeholders_.value(holder);
  if (!value) {
    return refused(
        "An expression attribute value used in expression is not defined; attribute value: " +
        std::string(holder));
  }
  take();
  return Operand::of(*value);
}

Result<Operand> ExpressionReader::operand() {
  if (peek().kind == Token::Kind::kValueHolder) return value_operand();
  if (peek().kind == Token::Kind::kName && peek_next().is_symbol("(")) return function_call();
  auto read = path();
  if (!read) return std::move(read).error();
  return Operand::of(*std::move(read));
}

Result<Operand> ExpressionReader::function_call() {
  RETURN_IF_ERROR(count_operator());
  const std::string_view name = take().text;
  take();  // "("
  Operand call;
  call.kind = Operand::Kind::kFunction;
  const auto function = function_named(name);
  if (!function) return refused("Invalid function name; function: " + std::string(name));
  call.function = *function;
  if (is_update_function(*function) != is_update()) {
    const std::string word = expression_word(parameter_);
    return refused("The function is not allowed in " +
                   std::string(word.find_first_of("aeiou") == 0 ? "an " : "a ") + word +
                   " expression; function: " + std::string(name));
  }
  do {
    auto argument = operand();
    if (!argument) return std::move(argument).error();
    call.operands.push_back(*std::move(argument));
  } while (take_symbol(","));
  RETURN_IF_ERROR(expect_symbol(")"));
  RETURN_IF_ERROR(check_call(call, name));
  return call;
}

Status ExpressionReader::check_call(const Operand& call, std::string_view name) {
  const Operand& first = call.operands.front();
  if (call.operands.size() != arity_of(call.function)) {
    return refused("Incorrect number of operands for operator or function; operator or function: " +
                   std::string(name) +
                   ", number of operands: " + std::to_string(call.operands.size()));
  }
  if (needs_path_first(call.function) && first.kind != Operand::Kind::kPath) {
    return refused("Operator or function requires a document path; operator or function: " +
                   std::string(name));
  }
  if (call.operands.size() == 2 && !is_update() && first.kind == Operand::Kind::kPath &&
      call.operands[1].kind == Operand::Kind::kPath && first.path == call.operands[1].path) {
    return refused(
        "The first operand must be distinct from the remaining operands for this operator or "
        "function; operator: " +
        std::string(name) + ", first operand: " + first.path.text());
  }
  for (const Operand& operand : call.operands) {
    if (operand.kind != Operand::Kind::kFunction || is_update()) continue;
    if (operand.function != Function::kSize || call.function == Function::kSize) {
      return refused(
          "The function is not allowed to be used this way in an expression; function: " +
          std::string(function_name(operand.function)));
    }
  }
  if (is_update()) return check_update_call(call);
  if (call.function == Function::kSize && first.kind == Operand::Kind::kValue &&
      !has_size(first.value.type())) {
    return wrong_operand(name, type_name(first.value.type()));
  }
  if (call.function == Function::kBeginsWith) {
    for (const Operand& operand : call.operands) {
      if (operand.kind != Operand::Kind::kValue) continue;
      const Type type = operand.value.type();
      if (type != Type::kS && type != Type::kB) return wrong_operand(name, type_name(type));
    }
  }
  if (call.function == Function::kAttributeType) return check_attribute_type(call);
  return ok();
}

Status ExpressionReader::check_update_call(const Operand& call) const {
  if (call.function != Function::kListAppend) return ok();
  for (const Operand& operand : call.operands) {
    if (operand.kind == Operand::Kind::kValue && operand.value.type() != Type::kL) {
      return wrong_operand("list_append", type_name(operand.value.type()));
    }
  }
  return ok();
}

Status ExpressionReader::check_attribute_type(const Operand& call) const {
  const Operand& wanted = call.operands[1];
  if (wanted.kind != Operand::Kind::kValue) return wrong_operand("attribute_type", "{NOT_VALUE}");
  if (wanted.value.type() != Type::kS) {
    return wrong_operand("attribute_type", type_name(wanted.value.type()));
  }
  for (int i = 0; i <= static_cast<int>(Type::kBS); ++i) {
    if (type_name(static_cast<Type>(i)) == wanted.value.text()) return ok();
  }
  return refused("Invalid attribute type name found; type: " + wanted.value.text() +
                 ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
}

}  // namespace tidemill::dynamodb
