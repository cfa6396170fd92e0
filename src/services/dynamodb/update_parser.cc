#include <array>

#include "services/dynamodb/expression_reader.h"

namespace tidemill::dynamodb {
namespace {

constexpr std::string_view kSections[] = {"SET", "REMOVE", "ADD", "DELETE"};  // by UpdateAction

// The long names AWS uses when ADD or DELETE refuse an operand.
std::string_view long_type_name(Type type) {
  switch (type) {
    case Type::kS:
      return "STRING";
    case Type::kN:
      return "NUMBER";
    case Type::kB:
      return "BINARY";
    case Type::kBool:
      return "BOOLEAN";
    case Type::kNull:
      return "NULL";
    case Type::kM:
      return "MAP";
    case Type::kL:
      return "LIST";
    case Type::kSS:
      return "STRING_SET";
    case Type::kNS:
      return "NUMBER_SET";
    case Type::kBS:
      return "BINARY_SET";
  }
  return {};
}

class UpdateParser {
 public:
  explicit UpdateParser(ExpressionReader& reader) : reader_(reader) {}

  Result<UpdateSteps> whole() {
    RETURN_IF_ERROR(reader_.check_size());
    while (reader_.peek().kind != Token::Kind::kEnd) RETURN_IF_ERROR(section());
    std::vector<const Path*> paths;
    for (const UpdateStep& step : update_) paths.push_back(&step.path);
    RETURN_IF_ERROR(check_overlap(reader_.parameter(), paths));
    return std::move(update_);
  }

 private:
  Status section() {
    for (size_t i = 0; i < std::size(kSections); ++i) {
      if (!reader_.peek().is_word(kSections[i])) continue;
      reader_.take();
      if (seen_[i]) {
        return reader_.refused("The \"" + std::string(kSections[i]) +
                               "\" section can only be used once in an update expression;");
      }
      seen_[i] = true;
      do {
        RETURN_IF_ERROR(step(static_cast<UpdateAction>(i)));
      } while (reader_.take_symbol(","));
      return ok();
    }
    return reader_.syntax_error();
  }

  Status step(UpdateAction action) {
    auto path = reader_.path();
    if (!path) return std::move(path).error();
    UpdateStep step{action, *std::move(path)};
    if (action == UpdateAction::kSet) {
      RETURN_IF_ERROR(reader_.expect_symbol("="));
      auto value = sum();
      if (!value) return std::move(value).error();
      step.value = *std::move(value);
    } else if (action != UpdateAction::kRemove) {
      if (reader_.peek().kind != Token::Kind::kValueHolder) return reader_.syntax_error();
      auto value = reader_.operand();
      if (!value) return std::move(value).error();
      step.value = *std::move(value);
      RETURN_IF_ERROR(check_operand(action, step.value.value.type()));
    }
    RETURN_IF_ERROR(reader_.count_operator());
    update_.push_back(std::move(step));
    return ok();
  }

  Status check_operand(UpdateAction action, Type type) const {
    const bool is_set = type >= Type::kSS;
    if (is_set || (action == UpdateAction::kAdd && type == Type::kN)) return ok();
    const std::string op(kSections[static_cast<size_t>(action)]);
    return reader_.refused("Incorrect operand type for operator or function; operator: " + op +
                           ", operand type: " + std::string(long_type_name(type)) +
                           ", typeSet: ALLOWED_FOR_" + op + "_OPERAND");
  }

  // operand [(+|-) operand]
  Result<Operand> sum() {
    auto left = term();
    if (!left) return left;
    const bool plus = reader_.peek().is_symbol("+");
    if (!plus && !reader_.peek().is_symbol("-")) return left;
    reader_.take();
    RETURN_IF_ERROR(reader_.count_operator());
    auto right = term();
    if (!right) return right;
    Operand out;
    out.kind = plus ? Operand::Kind::kPlus : Operand::Kind::kMinus;
    out.operands.push_back(*std::move(left));
    out.operands.push_back(*std::move(right));
    for (const Operand& operand : out.operands) {
      const bool literal = operand.kind == Operand::Kind::kValue;
      if (literal && operand.value.type() != Type::kN) {
        return reader_.wrong_operand(plus ? "+" : "-", type_name(operand.value.type()));
      }
    }
    return out;
  }

  Result<Operand> term() {
    if (!reader_.peek().is_symbol("(")) return reader_.operand();
    RETURN_IF_ERROR(reader_.count_operator());  // bounds the depth
    reader_.take();
    auto inner = sum();
    if (!inner) return inner;
    RETURN_IF_ERROR(reader_.expect_symbol(")"));
    return inner;
  }

  ExpressionReader& reader_;
  UpdateSteps update_;
  std::array<bool, std::size(kSections)> seen_{};
};

Error two_paths(std::string_view parameter, const char* verb, const Path& one, const Path& two) {
  return errors::ValidationException(
      "Invalid " + std::string(parameter) + ": Two document paths " + verb +
      " with each other; must remove or rewrite one of these paths; path one: " + one.text() +
      ", path two: " + two.text());
}

Status check_pair(std::string_view parameter, const Path& one, const Path& two) {
  const size_t shared = std::min(one.steps.size(), two.steps.size());
  for (size_t i = 0; i < shared; ++i) {
    if (one.steps[i].index() != two.steps[i].index()) {
      return two_paths(parameter, "conflict", one, two);
    }
    if (one.steps[i] != two.steps[i]) return ok();
  }
  return two_paths(parameter, "overlap", one, two);
}

}  // namespace

Result<UpdateSteps> parse_update(std::string_view text, Placeholders& placeholders) {
  ExpressionReader reader("UpdateExpression", text, placeholders);
  return UpdateParser(reader).whole();
}

Result<Paths> parse_projection(std::string_view text, Placeholders& placeholders) {
  ExpressionReader reader("ProjectionExpression", text, placeholders);
  RETURN_IF_ERROR(reader.check_size());
  Paths out;
  do {
    auto path = reader.path();
    if (!path) return std::move(path).error();
    out.push_back(*std::move(path));
  } while (reader.take_symbol(","));
  RETURN_IF_ERROR(reader.expect_end());
  std::vector<const Path*> paths;
  for (const Path& path : out) paths.push_back(&path);
  RETURN_IF_ERROR(check_overlap("ProjectionExpression", paths));
  return out;
}

// Paths are few enough to compare each with each: an expression has at most 4 KB.
Status check_overlap(std::string_view parameter, const std::vector<const Path*>& paths) {
  for (size_t i = 0; i < paths.size(); ++i) {
    for (size_t j = i + 1; j < paths.size(); ++j) {
      RETURN_IF_ERROR(check_pair(parameter, *paths[i], *paths[j]));
    }
  }
  return ok();
}

}  // namespace tidemill::dynamodb
