// Operators: which types they take, what they answer, and where DuckDB's meaning differs.
// https://trino.io/docs/current/functions/comparison.html, .../functions/decimal.html
#include <algorithm>

#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

Type boolean_type() { return simple(TypeKind::kBoolean); }

bool is_zoned(const Type& type) { return type.is(TypeKind::kTimestampWithZone); }
bool is_day(const Type& type) {
  return type.is(TypeKind::kDate) || type.is(TypeKind::kTimestamp) || is_zoned(type);
}
Type as_decimal(const Type& type) {
  if (type.is(TypeKind::kDecimal)) return type;
  const int digits = type.is(TypeKind::kTinyint)    ? 3
                     : type.is(TypeKind::kSmallint) ? 5
                     : type.is(TypeKind::kInteger)  ? 10
                                                    : 19;
  return decimal(digits, 0);
}

}  // namespace

bool Translator::bring_together(Typed& left, Typed& right) {
  const std::optional<Type> common = common_type(left.type, right.type);
  if (!common) return false;
  left = coerce(std::move(left), *common);
  right = coerce(std::move(right), *common);
  return true;
}

Typed Translator::unary(const Expr& expr, const Scope& scope) {
  const Expr& operand = *expr.children[0];
  // -9223372036854775808 is a number, though 9223372036854775808 is none.
  if (expr.text == "-" && operand.kind == ExprKind::kInteger &&
      operand.text == "9223372036854775808") {
    return Typed{simple(TypeKind::kBigint), "(-9223372036854775808)::BIGINT"};
  }
  Typed value = expression(operand, scope);
  if (error_) return value;
  Typed out{value.type, ""};
  if (expr.text == "NOT") {
    if (!value.type.is(TypeKind::kBoolean) && !value.type.is(TypeKind::kUnknown)) {
      return failed(sql_error("TYPE_MISMATCH", operand.at,
                              "Value of logical NOT expression must evaluate to a boolean "
                              "(actual: " +
                                  trino_name(value.type) + ")"));
    }
    out = Typed{boolean_type(), "(NOT " + value.sql + ")"};
  } else if (!value.type.is_number() && !value.type.is_interval()) {
    return failed(sql_error("TYPE_MISMATCH", expr.at, "Cannot negate " + trino_name(value.type)));
  } else if (expr.text == "+") {
    return value;
  } else {
    out.sql = "(-" + value.sql + ")";
    if (value.type.is_number() && !value.type.is_floating()) {
      out.sql = "CAST(" + out.sql + " AS " + engine_name(value.type) + ")";
    }
    if (value.constant) out.constant = "-" + *value.constant;
  }
  inherit(out, value);
  return out;
}

Typed Translator::binary(const Expr& expr, const Scope& scope) {
  const std::string& operation = expr.text;
  if (operation == "AND" || operation == "OR") return logical(expr, scope);
  Typed left = expression(*expr.children[0], scope);
  Typed right = expression(*expr.children[1], scope);
  if (error_) return left;
  Typed out;
  if (operation == "||") {
    out = concatenation(expr.at, left, right);
  } else if (operation.size() == 1 && std::string("+-*/%").find(operation) != std::string::npos) {
    out = arithmetic(operation, expr.at, left, right);
  } else {
    out = comparison(operation, expr.at, left, right);
  }
  out.constant.reset();
  inherit(out, left);
  inherit(out, right);
  return out;
}

Typed Translator::logical(const Expr& expr, const Scope& scope) {
  Typed out{boolean_type(), "("};
  for (size_t i = 0; i < 2; ++i) {
    Typed part = expression(*expr.children[i], scope);
    if (error_) return part;
    if (!part.type.is(TypeKind::kBoolean) && !part.type.is(TypeKind::kUnknown)) {
      return failed(sql_error("TYPE_MISMATCH", expr.children[i]->at,
                              "Logical expression term must evaluate to a boolean (actual: " +
                                  trino_name(part.type) + ")"));
    }
    out.sql += (i ? " " + expr.text + " " : "") + part.sql;
    inherit(out, part);
  }
  out.sql += ")";
  return out;
}

Typed Translator::comparison(const std::string& operation, Position at, Typed left, Typed right) {
  const std::string types = trino_name(left.type) + " " + operation + " " + trino_name(right.type);
  Typed out{boolean_type(), ""};
  inherit(out, left);
  inherit(out, right);
  const bool ordering = operation != "=" && operation != "<>";
  const Type left_type = left.type;
  if (!bring_together(left, right) ||
      (ordering && !left.type.is_orderable() && !left.type.is(TypeKind::kUnknown))) {
    return failed(sql_error("TYPE_MISMATCH", at, "Cannot apply operator: " + types));
  }
  out.sql = "(" + left.sql + " " + operation + " " + right.sql + ")";
  return out;
}

Typed Translator::arithmetic(const std::string& operation, Position at, Typed left, Typed right) {
  if (left.type.is(TypeKind::kUnknown)) left = coerce(left, right.type);
  if (right.type.is(TypeKind::kUnknown)) right = coerce(right, left.type);
  if (!left.type.is_number() || !right.type.is_number()) {
    return time_arithmetic(operation, at, std::move(left), std::move(right));
  }
  const Type type = *common_type(left.type, right.type);
  if (type.is(TypeKind::kDecimal)) return decimal_arithmetic(operation, at, left, right);
  left = coerce(left, type);
  right = coerce(right, type);
  Typed out{type, ""};
  const bool divides = operation == "/" || operation == "%";
  if (divides && type.is_integer()) {
    const bool safe = right.constant && *right.constant != "0" && *right.constant != "-1";
    const std::string function = operation == "/" ? "t_div" : "t_mod";
    out.sql = safe ? "(" + left.sql + (operation == "/" ? " // " : " % ") + right.sql + ")"
                   : function + "(" + left.sql + ", " + right.sql + ")";
  } else {
    out.sql = "(" + left.sql + " " + operation + " " + right.sql + ")";
  }
  return out;
}

Typed Translator::decimal_arithmetic(const std::string& operation, Position at, Typed left,
                                     Typed right) {
  const Type a = as_decimal(left.type);
  const Type b = as_decimal(right.type);
  left = coerce(left, a);
  right = coerce(right, b);
  const int scale = std::max(a.scale, b.scale);
  const int whole = std::max(a.precision - a.scale, b.precision - b.scale);
  Type type = decimal(std::min(38, whole + scale + 1), scale);
  if (operation == "*") {
    if (a.scale + b.scale > 38) {
      return failed(
          sql_error("INVALID_FUNCTION_ARGUMENT", at, "DECIMAL scale must be in range [0, 38]"));
    }
    type = decimal(std::min(38, a.precision + b.precision), a.scale + b.scale);
  } else if (operation == "/") {
    type = decimal(std::min(38, a.precision + b.scale + std::max(0, b.scale - a.scale)), scale);
  } else if (operation == "%") {
    type = decimal(std::min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
  }
  const std::string name = engine_name(type);
  if (operation == "/" || operation == "%") {
    const std::string function = operation == "/" ? "t_div" : "t_mod";
    return Typed{type,
                 "CAST(" + function + "(" + left.sql + ", " + right.sql + ") AS " + name + ")"};
  }
  return Typed{type,
               "CAST((" + left.sql + " " + operation + " " + right.sql + ") AS " + name + ")"};
}

Typed Translator::time_arithmetic(const std::string& operation, Position at, Typed left,
                                  Typed right) {
  const auto refuse = [&] {
    return failed(sql_error("TYPE_MISMATCH", at,
                            "Cannot apply operator: " + trino_name(left.type) + " " + operation +
                                " " + trino_name(right.type)));
  };
  const std::string plain = "(" + left.sql + " " + operation + " " + right.sql + ")";
  const bool additive = operation == "+" || operation == "-";
  if (operation == "+" && left.type.is_interval() && !right.type.is_interval()) {
    return time_arithmetic(operation, at, std::move(right), std::move(left));
  }
  if (additive && right.type.is_interval()) {
    if (left.type.is(right.type.kind)) return Typed{left.type, plain};
    if (left.type.is(TypeKind::kDate)) {
      return Typed{left.type, "CAST(" + plain + " AS DATE)"};
    }
    if (is_zoned(left.type) && !left.type.zone.empty()) {
      return failed(not_supported(at, "Interval arithmetic in a time zone other than UTC"));
    }
    const bool time =
        left.type.is(TypeKind::kTime) && right.type.is(TypeKind::kIntervalDayToSecond);
    return is_day(left.type) || time ? Typed{left.type, plain} : refuse();
  }
  if (operation == "-" && is_day(left.type) && is_day(right.type)) {
    const Type interval = simple(TypeKind::kIntervalDayToSecond);
    if (!bring_together(left, right)) return refuse();
    if (is_zoned(left.type)) return Typed{interval, "(" + left.sql + " - " + right.sql + ")"};
    return Typed{interval,
                 "(CAST(" + left.sql + " AS TIMESTAMP) - CAST(" + right.sql + " AS TIMESTAMP))"};
  }
  const bool scales = operation == "*" || operation == "/";
  if (scales && left.type.is(TypeKind::kIntervalDayToSecond) && right.type.is_number()) {
    return Typed{left.type, "to_microseconds(CAST(round(epoch(" + left.sql + ") * 1000000 " +
                                operation + " " + right.sql + ") AS BIGINT))"};
  }
  if (operation == "*" && right.type.is_interval() && left.type.is_number()) {
    return time_arithmetic(operation, at, std::move(right), std::move(left));
  }
  return refuse();
}

Typed Translator::concatenation(Position at, Typed left, Typed right) {
  const auto text = [](const Type& type) { return type.is_text() || type.is(TypeKind::kUnknown); };
  if (text(left.type) && text(right.type)) {
    const bool bounded = left.type.is(TypeKind::kVarchar) && right.type.is(TypeKind::kVarchar) &&
                         left.type.precision != kVarcharUnbounded &&
                         right.type.precision != kVarcharUnbounded;
    return Typed{bounded ? varchar(left.type.precision + right.type.precision) : varchar(),
                 "(" + left.sql + " || " + right.sql + ")"};
  }
  if (left.type.is(TypeKind::kVarbinary) && right.type.is(TypeKind::kVarbinary)) {
    return Typed{left.type, "(" + left.sql + " || " + right.sql + ")"};
  }
  const bool left_array = left.type.is(TypeKind::kArray);
  const bool right_array = right.type.is(TypeKind::kArray);
  if (left_array || right_array) {
    if (!left_array) left = Typed{array_of(left.type), "[" + left.sql + "]"};
    if (!right_array) right = Typed{array_of(right.type), "[" + right.sql + "]"};
    if (bring_together(left, right)) {
      return Typed{left.type, "(" + left.sql + " || " + right.sql + ")"};
    }
  }
  return failed(sql_error("FUNCTION_NOT_FOUND", at,
                          "Unexpected parameters (" + trino_name(left.type) + ", " +
                              trino_name(right.type) +
                              ") for function concat. Expected: concat(char(x), char(y)), "
                              "concat(array(E), E) E, concat(E, array(E)) E, concat(array(E)) E, "
                              "concat(varchar), concat(varbinary)"));
}

Typed Translator::between(const Expr& expr, const Scope& scope) {
  Typed value = expression(*expr.children[0], scope);
  Typed low = expression(*expr.children[1], scope);
  Typed high = expression(*expr.children[2], scope);
  if (error_) return value;
  Typed from = comparison(">=", expr.at, value, low);
  Typed to = comparison("<=", expr.at, value, high);
  const std::string both = "(" + from.sql + " AND " + to.sql + ")";
  Typed out{boolean_type(), expr.negated ? "(NOT " + both + ")" : both};
  for (const Typed* part : {&value, &low, &high}) inherit(out, *part);
  return out;
}

Typed Translator::in_list(const Expr& expr, const Scope& scope) {
  std::vector<Typed> parts;
  Type common;
  for (const ExprPtr& child : expr.children) {
    parts.push_back(expression(*child, scope));
    if (error_) return parts.back();
    const std::optional<Type> wider = common_type(common, parts.back().type);
    if (!wider) {
      return failed(sql_error("TYPE_MISMATCH", child->at,
                              "IN value and list items must be the same type or coercible to a "
                              "common type. Cannot find common type between " +
                                  trino_name(common) + " and " + trino_name(parts.back().type)));
    }
    common = *wider;
  }
  Typed out{boolean_type(),
            "(" + coerce(parts[0], common).sql + (expr.negated ? " NOT IN (" : " IN (")};
  for (size_t i = 1; i < parts.size(); ++i) {
    out.sql += (i > 1 ? ", " : "") + coerce(parts[i], common).sql;
  }
  out.sql += "))";
  for (const Typed& part : parts) inherit(out, part);
  return out;
}

Typed Translator::like(const Expr& expr, const Scope& scope) {
  static const char* kSides[] = {"Left side of LIKE expression", "Pattern for LIKE expression",
                                 "Escape for LIKE expression"};
  std::string sql;
  Typed out{boolean_type(), ""};
  for (size_t i = 0; i < expr.children.size(); ++i) {
    Typed part = expression(*expr.children[i], scope);
    if (error_) return part;
    if (!part.type.is_text() && !part.type.is(TypeKind::kUnknown)) {
      return failed(sql_error("TYPE_MISMATCH", expr.children[i]->at,
                              std::string(kSides[i]) + " must evaluate to a varchar (actual: " +
                                  trino_name(part.type) + ")"));
    }
    if (i == 1) sql += expr.negated ? " NOT LIKE " : " LIKE ";
    if (i == 2) sql += " ESCAPE ";
    sql += part.sql;
    inherit(out, part);
  }
  out.sql = "(" + sql + ")";
  return out;
}

Typed Translator::distinct_from(const Expr& expr, const Scope& scope) {
  Typed left = expression(*expr.children[0], scope);
  Typed right = expression(*expr.children[1], scope);
  if (error_) return left;
  Typed out{boolean_type(), ""};
  inherit(out, left);
  inherit(out, right);
  const std::string types = trino_name(left.type) + " IS DISTINCT FROM " + trino_name(right.type);
  if (!bring_together(left, right)) {
    return failed(sql_error("TYPE_MISMATCH", expr.at, "Cannot apply operator: " + types));
  }
  out.sql = "(" + left.sql + (expr.negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ") +
            right.sql + ")";
  return out;
}

Typed Translator::at_time_zone(const Expr& expr, const Scope& scope) {
  Typed value = expression(*expr.children[0], scope);
  Typed zone = expression(*expr.children[1], scope);
  if (error_) return value;
  if (!is_day(value.type) || value.type.is(TypeKind::kDate)) {
    return failed(sql_error("TYPE_MISMATCH", expr.at,
                            "Type of value must be a time or timestamp with or without time zone "
                            "(actual " +
                                trino_name(value.type) + ")"));
  }
  if (!zone.constant) return failed(not_supported(expr.at, "A time zone that is not a literal"));
  const std::string name = upper_case(*zone.constant) == "UTC" ? "" : *zone.constant;
  if (!name.empty() && (name[0] == '+' || name[0] == '-')) {
    return failed(not_supported(expr.at, "A time zone given as an offset"));
  }
  Typed out = value;
  if (!is_zoned(value.type)) {
    out.type = timestamp_with_zone(value.type.precision);
    out.sql = "timezone('UTC', " + value.sql + ")";
  }
  out.type.zone = name;
  out.constant.reset();
  return out;
}

}  // namespace tidemill::athena_sql
