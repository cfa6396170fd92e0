#include <optional>

#include "services/dynamodb/expression_reader.h"

namespace tidemill::dynamodb {
namespace {

constexpr size_t kInOperandsMax = 100;

std::string value_text(const AttributeValue& value) {
  const std::string text = value.is_scalar_key() ? value.text() : "";
  return "AttributeValue: {" + std::string(type_name(value.type())) + ":" + text + "}";
}

class ConditionParser {
 public:
  explicit ConditionParser(ExpressionReader& reader) : reader_(reader) {}

  Result<Predicate> whole() {
    RETURN_IF_ERROR(reader_.check_size());
    auto condition = any_of();
    if (!condition) return condition;
    RETURN_IF_ERROR(reader_.expect_end());
    return condition;
  }

 private:
  Result<Predicate> any_of() { return chain("OR", Predicate::Kind::kOr); }
  Result<Predicate> all_of() { return chain("AND", Predicate::Kind::kAnd); }

  // One or more parts joined by `word`.
  Result<Predicate> chain(std::string_view word, Predicate::Kind kind) {
    const auto part = [&] { return kind == Predicate::Kind::kOr ? all_of() : negation(); };
    auto first = part();
    if (!first || !reader_.peek().is_word(word)) return first;
    Predicate out;
    out.kind = kind;
    out.conditions.push_back(*std::move(first));
    while (reader_.take_word(word)) {
      RETURN_IF_ERROR(reader_.count_operator());
      auto next = part();
      if (!next) return next;
      out.conditions.push_back(*std::move(next));
    }
    return out;
  }

  Result<Predicate> negation() {
    if (!reader_.take_word("NOT")) return primary();
    RETURN_IF_ERROR(reader_.count_operator());
    auto inner = negation();
    if (!inner) return inner;
    Predicate out;
    out.kind = Predicate::Kind::kNot;
    out.conditions.push_back(*std::move(inner));
    return out;
  }

  Result<Predicate> primary() {
    if (!reader_.peek().is_symbol("(")) return comparison();
    RETURN_IF_ERROR(check_depth());
    const size_t begin = reader_.index();
    reader_.take();
    auto inner = any_of();
    if (!inner) return inner;
    // The group just closed fills this one: "((a = b))".
    const bool redundant = group_begin_ == begin + 1 && group_end_ == reader_.index();
    RETURN_IF_ERROR(reader_.expect_symbol(")"));
    if (redundant) return reader_.refused("The expression has redundant parentheses;");
    --depth_;
    group_begin_ = begin;
    group_end_ = reader_.index();
    return inner;
  }

  Status check_depth() {
    if (++depth_ > kOperatorsMax) return reader_.syntax_error();
    return ok();
  }

  Result<Predicate> comparison() {
    auto left = reader_.operand();
    if (!left) return std::move(left).error();
    if (reader_.take_word("BETWEEN")) return between(*std::move(left));
    if (reader_.take_word("IN")) return in(*std::move(left));
    if (const auto comparator = take_comparator()) {
      return compare(*comparator, *std::move(left));
    }
    if (left->kind != Operand::Kind::kFunction) return reader_.syntax_error();
    if (left->function == Function::kSize) return misused(*left);
    Predicate out;
    out.kind = Predicate::Kind::kFunction;
    out.function = left->function;
    out.operands = std::move(left->operands);
    return out;
  }

  std::optional<Comparator> take_comparator() {
    for (int i = 0; i <= static_cast<int>(Comparator::kGreaterEqual); ++i) {
      const auto comparator = static_cast<Comparator>(i);
      if (reader_.take_symbol(comparator_text(comparator))) return comparator;
    }
    return std::nullopt;
  }

  Error misused(const Operand& call) const {
    return reader_.refused(
        "The function is not allowed to be used this way in an expression; function: " +
        std::string(function_name(call.function)));
  }

  // A value may be a path, a literal or size(); a condition's truth is none.
  Result<Operand> value_operand() {
    auto operand = reader_.operand();
    if (operand && is_truth(*operand)) return misused(*operand);
    return operand;
  }
  static bool is_truth(const Operand& operand) {
    return operand.kind == Operand::Kind::kFunction && operand.function != Function::kSize;
  }

  // A literal under < > BETWEEN must have an order.
  Status check_ordered(const Operand& operand, std::string_view op) const {
    if (operand.kind != Operand::Kind::kValue || operand.value.is_scalar_key()) return ok();
    return reader_.refused(
        "Incorrect operand type for operator or function; operator or function: " +
        std::string(op) + ", operand type: " + std::string(type_name(operand.value.type())));
  }

  Status check_distinct(const std::vector<Operand>& operands, std::string_view op) const {
    const Operand& first = operands.front();
    for (size_t i = 1; i < operands.size(); ++i) {
      if (first.kind != Operand::Kind::kPath || operands[i].kind != Operand::Kind::kPath) continue;
      if (first.path != operands[i].path) continue;
      return reader_.refused(
          "The first operand must be distinct from the remaining operands for this operator or "
          "function; operator: " +
          std::string(op) + ", first operand: " + first.path.text());
    }
    return ok();
  }

  Result<Predicate> compare(Comparator comparator, Operand left) {
    RETURN_IF_ERROR(reader_.count_operator());
    if (is_truth(left)) return misused(left);
    auto right = value_operand();
    if (!right) return std::move(right).error();
    Predicate out;
    out.kind = Predicate::Kind::kCompare;
    out.comparator = comparator;
    out.operands.push_back(std::move(left));
    out.operands.push_back(*std::move(right));
    const std::string_view op = comparator_text(comparator);
    RETURN_IF_ERROR(check_distinct(out.operands, op));
    if (comparator >= Comparator::kLess) {
      for (const Operand& operand : out.operands) RETURN_IF_ERROR(check_ordered(operand, op));
    }
    return out;
  }

  Result<Predicate> between(Operand value) {
    RETURN_IF_ERROR(reader_.count_operator());
    if (is_truth(value)) return misused(value);
    auto lower = value_operand();
    if (!lower) return std::move(lower).error();
    RETURN_IF_ERROR(reader_.expect_word("AND"));
    auto upper = value_operand();
    if (!upper) return std::move(upper).error();
    Predicate out;
    out.kind = Predicate::Kind::kBetween;
    out.operands.push_back(std::move(value));
    out.operands.push_back(*std::move(lower));
    out.operands.push_back(*std::move(upper));
    for (const Operand& operand : out.operands) RETURN_IF_ERROR(check_ordered(operand, "BETWEEN"));
    RETURN_IF_ERROR(check_bounds(out.operands[1], out.operands[2]));
    return out;
  }

  Status check_bounds(const Operand& lower, const Operand& upper) const {
    if (lower.kind != Operand::Kind::kValue || upper.kind != Operand::Kind::kValue) return ok();
    const std::string bounds = "; lower bound operand: " + value_text(lower.value) +
                               ", upper bound operand: " + value_text(upper.value);
    if (lower.value.type() != upper.value.type()) {
      return reader_.refused(
          "The BETWEEN operator requires same data type for lower and upper bounds" + bounds);
    }
    if (compare_scalars(lower.value, upper.value) <= 0) return ok();
    return reader_.refused(
        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound" +
        bounds);
  }

  Result<Predicate> in(Operand value) {
    RETURN_IF_ERROR(reader_.count_operator());
    if (is_truth(value)) return misused(value);
    RETURN_IF_ERROR(reader_.expect_symbol("("));
    Predicate out;
    out.kind = Predicate::Kind::kIn;
    out.operands.push_back(std::move(value));
    do {
      auto candidate = value_operand();
      if (!candidate) return std::move(candidate).error();
      out.operands.push_back(*std::move(candidate));
    } while (reader_.take_symbol(","));
    RETURN_IF_ERROR(reader_.expect_symbol(")"));
    if (out.operands.size() > kInOperandsMax + 1) {
      return reader_.refused(
          "Incorrect number of operands for operator or function; operator or function: IN, "
          "number of operands: " +
          std::to_string(out.operands.size()));
    }
    RETURN_IF_ERROR(check_distinct(out.operands, "IN"));
    return out;
  }

  ExpressionReader& reader_;
  int depth_ = 0;
  size_t group_begin_ = 0;  // tokens of the parentheses that closed last
  size_t group_end_ = 0;
};

}  // namespace

Result<Predicate> parse_condition(std::string_view parameter, std::string_view text,
                                  Placeholders& placeholders) {
  ExpressionReader reader(parameter, text, placeholders);
  return ConditionParser(reader).whole();
}

}  // namespace tidemill::dynamodb
