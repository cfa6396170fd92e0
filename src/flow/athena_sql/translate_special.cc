// Calls with rules of their own: conditional forms, grouping(), extract().
#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

std::optional<Typed> Translator::special(const Expr& expr, const Scope& scope) {
  const std::string& name = expr.text;
  const size_t count = expr.children.size();
  if (name == "count" && (expr.star || count == 0)) return count_rows(expr, scope);
  if (name == "coalesce" && count >= 2) return coalesce(expr, scope);
  if ((name == "greatest" || name == "least") && count >= 1) return coalesce(expr, scope);
  if (name == "nullif" && count == 2) return nullif(expr, scope);
  if (name == "if" && (count == 2 || count == 3)) return conditional(expr, scope);
  if (name == "try" && count == 1) return attempt(expr, scope);
  if (name == "grouping") return grouping(expr, scope);
  if (name == "typeof" && count == 1) return typeof_call(expr, scope);
  if (name == "concat" && count >= 2) return concat(expr, scope);
  if (name == "now" && count == 0) {
    Expr now;
    now.text = "current_timestamp";
    return current(now);
  }
  return std::nullopt;
}

Typed Translator::count_rows(const Expr& expr, const Scope& scope) {
  const Scope* around = &scope;
  while (around->lambda && around->outer) around = around->outer;
  if (!expr.over && !around->grouped) {
    return failed(sql_error("EXPRESSION_NOT_SCALAR", expr.at,
                            "WHERE clause cannot contain aggregations, window functions or "
                            "grouping operations: [count(*)]"));
  }
  Typed out{simple(TypeKind::kBigint), ""};
  if (!expr.over) ++in_aggregate_;
  out.sql = "count(*)" + call_tail(expr, scope, out);
  if (!expr.over) --in_aggregate_;
  out.has_aggregate = !expr.over;
  return out;
}

// coalesce, greatest and least: all of one type.
Typed Translator::coalesce(const Expr& expr, const Scope& scope) {
  std::vector<Typed> parts;
  Type common;
  for (const ExprPtr& child : expr.children) {
    parts.push_back(expression(*child, scope));
    if (error_) return parts.back();
    const std::optional<Type> wider = common_type(common, parts.back().type);
    if (!wider) {
      return failed(sql_error("TYPE_MISMATCH", child->at,
                              "All " + upper_case(expr.text) +
                                  " operands must be the same type or coercible to a common type. "
                                  "Cannot find common type between " +
                                  trino_name(common) + " and " + trino_name(parts.back().type)));
    }
    common = *wider;
  }
  Typed out{common, expr.text + "("};
  std::string nulls;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string part = coerce(parts[i], common).sql;
    out.sql += (i ? ", " : "") + part;
    nulls += (i ? " OR " : "") + part + " IS NULL";
    inherit(out, parts[i]);
  }
  out.sql += ")";
  if (expr.text != "coalesce") {  // one NULL makes the answer NULL
    out.sql = "(CASE WHEN " + nulls + " THEN NULL ELSE " + out.sql + " END)";
  }
  return out;
}

Typed Translator::nullif(const Expr& expr, const Scope& scope) {
  Typed left = expression(*expr.children[0], scope);
  Typed right = expression(*expr.children[1], scope);
  if (error_) return left;
  const Typed equal = comparison("=", expr.at, left, right);
  Typed out{left.type, "(CASE WHEN " + equal.sql + " THEN NULL ELSE " + left.sql + " END)"};
  inherit(out, left);
  inherit(out, right);
  return out;
}

Typed Translator::conditional(const Expr& expr, const Scope& scope) {
  Typed condition = expression(*expr.children[0], scope);
  Typed then = expression(*expr.children[1], scope);
  Typed otherwise =
      expr.children.size() == 3 ? expression(*expr.children[2], scope) : Typed{Type{}, "NULL"};
  if (error_) return condition;
  if (!condition.type.is(TypeKind::kBoolean) && !condition.type.is(TypeKind::kUnknown)) {
    return failed(sql_error(
        "TYPE_MISMATCH", expr.children[0]->at,
        "IF condition must evaluate to a boolean (actual: " + trino_name(condition.type) + ")"));
  }
  if (!bring_together(then, otherwise)) {
    return failed(sql_error("TYPE_MISMATCH", expr.at,
                            "Result types for IF must be the same: " + trino_name(then.type) +
                                " vs " + trino_name(otherwise.type)));
  }
  Typed out{then.type, "(CASE WHEN " + condition.sql + " THEN " + then.sql + " ELSE " +
                           otherwise.sql + " END)"};
  for (const Typed* part : {&condition, &then, &otherwise}) inherit(out, *part);
  return out;
}

Typed Translator::attempt(const Expr& expr, const Scope& scope) {
  Typed out = expression(*expr.children[0], scope);
  out.sql = "TRY(" + out.sql + ")";
  out.constant.reset();
  return out;
}

Typed Translator::grouping(const Expr& expr, const Scope& scope) {
  if (!scope.grouped) {
    return failed(sql_error("INVALID_ARGUMENTS", expr.at,
                            "A GROUPING() operation can only be used with a corresponding "
                            "GROUPING SET/CUBE/ROLLUP/GROUP BY clause"));
  }
  Typed out{simple(expr.children.size() < 32 ? TypeKind::kInteger : TypeKind::kBigint), ""};
  for (const ExprPtr& child : expr.children) {
    const Typed key = expression(*child, scope);
    if (error_) return key;
    if (!scope.group_keys.count(key.sql)) {
      return failed(sql_error("INVALID_ARGUMENTS", child->at,
                              "The arguments to GROUPING() must be expressions referenced by the "
                              "GROUP BY at that query level"));
    }
    out.sql += (out.sql.empty() ? "" : ", ") + key.sql;
  }
  out.sql = "CAST(GROUPING(" + out.sql + ") AS " + engine_name(out.type) + ")";
  out.has_aggregate = true;
  return out;
}

Typed Translator::typeof_call(const Expr& expr, const Scope& scope) {
  const Typed value = expression(*expr.children[0], scope);
  return Typed{varchar(), quote_text(trino_name(value.type))};
}

Typed Translator::concat(const Expr& expr, const Scope& scope) {
  Typed out = expression(*expr.children[0], scope);
  for (size_t i = 1; i < expr.children.size() && !error_; ++i) {
    const Typed next = expression(*expr.children[i], scope);
    if (error_) break;
    Typed both = concatenation(expr.at, out, next);
    inherit(both, out);
    inherit(both, next);
    out = std::move(both);
  }
  return out;
}

Typed Translator::extract(const Expr& expr, const Scope& scope) {
  static const std::map<std::string, std::string> kFunctions = {
      {"dow", "day_of_week"},
      {"day_of_week", "day_of_week"},
      {"doy", "day_of_year"},
      {"yow", "year_of_week"},
      {"day_of_year", "day_of_year"},
      {"year", "year"},
      {"quarter", "quarter"},
      {"month", "month"},
      {"week", "week"},
      {"day", "day"},
      {"day_of_month", "day"},
      {"hour", "hour"},
      {"minute", "minute"},
      {"second", "second"},
      {"year_of_week", "year_of_week"},
      {"timezone_hour", "timezone_hour"},
      {"timezone_minute", "timezone_minute"}};
  const auto found = kFunctions.find(expr.text);
  if (found == kFunctions.end()) {
    return failed(syntax_error(expr.at, "Invalid EXTRACT field: " + expr.text));
  }
  const Candidates candidates = functions_named(found->second);
  std::vector<Typed> given{expression(*expr.children[0], scope)};
  if (error_) return given[0];
  Match match = best_match(expr, candidates, given);
  if (!match.row) {
    return failed(sql_error(
        "TYPE_MISMATCH", expr.at,
        "Cannot extract " + upper_case(expr.text) + " from " + trino_name(given[0].type)));
  }
  return printed_call(expr, scope, candidates, match, std::move(given));
}

}  // namespace tidemill::athena_sql
