// Calls: choosing the row of the function table by the types given, and printing it.
#include <algorithm>

#include "flow/athena_sql/time_pattern.h"
#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

struct Signature {
  std::vector<Type> arguments;
  bool repeats = false;
};

Signature signature_of(const FunctionRow& row) {
  Signature out;
  std::string_view text = row.arguments;
  if (text.ends_with("...")) {
    out.repeats = true;
    text.remove_suffix(3);
  }
  if (text.empty()) return out;
  const std::optional<Type> types = parse_trino_type("function(" + std::string(text) + ")");
  CHECK(types);
  out.arguments = types->arguments;
  return out;
}

Type bound(const Type& pattern, const std::map<std::string, Type>& bindings) {
  if (pattern.is(TypeKind::kVariable)) {
    const auto found = bindings.find(pattern.variable);
    return found == bindings.end() ? Type{} : found->second;
  }
  Type out = pattern;
  for (Type& argument : out.arguments) argument = bound(argument, bindings);
  return out;
}

// How well `given` stands where `pattern` is asked: -1 not at all, more is better. `into` becomes
// the type it is converted to.
int fit(const Type& pattern, const Type& given, std::map<std::string, Type>& bindings, Type& into) {
  if (pattern.is(TypeKind::kVariable)) {
    Type& variable = bindings[pattern.variable];
    const std::optional<Type> common = common_type(variable, given);
    if (!common) return -1;
    variable = *common;
    into = *common;
    return 2;
  }
  into = pattern;
  if (given.is(TypeKind::kUnknown)) return 1;
  if (pattern.is(TypeKind::kFunction)) return given.is(TypeKind::kFunction) ? 2 : -1;
  if (pattern.is(TypeKind::kVarchar) && given.is_text()) {
    into = given;
    return 3;
  }
  if (pattern.is(given.kind) && !pattern.arguments.empty()) {
    if (pattern.arguments.size() != given.arguments.size()) return -1;
    int least = 3;
    for (size_t i = 0; i < pattern.arguments.size(); ++i) {
      const int score = fit(pattern.arguments[i], given.arguments[i], bindings, into.arguments[i]);
      if (score < 0) return -1;
      least = std::min(least, score);
    }
    into.names = given.names;
    return least;
  }
  if (pattern.is(given.kind)) {
    into = given;
    return 3;
  }
  // What reads the parts of a time reads them where the value's zone is.
  if (pattern.is(TypeKind::kTimestamp) && given.is(TypeKind::kTimestampWithZone)) return 1;
  return can_coerce(given, pattern) ? 1 : -1;
}

std::string list_of(const std::vector<Typed>& values) {
  std::string out;
  for (const Typed& value : values) out += (out.empty() ? "" : ", ") + value.sql;
  return out;
}

// Fills {1}, {*}, {T} ... in one pass, so that text that was put in is not read again.
std::string filled(std::string_view form, const std::map<std::string, std::string>& values) {
  std::string out;
  for (size_t i = 0; i < form.size(); ++i) {
    const size_t close = form[i] == '{' ? form.find('}', i) : std::string_view::npos;
    const auto found = close == std::string_view::npos
                           ? values.end()
                           : values.find(std::string(form.substr(i + 1, close - i - 1)));
    if (found == values.end()) {
      out += form[i];
    } else {
      out += found->second;
      i = close;
    }
  }
  return out;
}

}  // namespace

Translator::Match Translator::match_row(const FunctionRow& row, const Expr& expr,
                                        const std::vector<Typed>& given) {
  Match out;
  const Signature signature = signature_of(row);
  const size_t count = signature.arguments.size();
  if (given.size() != count && !(signature.repeats && given.size() >= count - 1)) return out;
  int score = 0;
  out.parameters.resize(given.size());
  for (size_t i = 0; i < given.size(); ++i) {
    const Type& pattern = signature.arguments[std::min(i, count - 1)];
    const bool lambda = expr.children[i]->kind == ExprKind::kLambda;
    if (lambda != pattern.is(TypeKind::kFunction)) return out;
    if (lambda && expr.children[i]->names.size() + 1 != pattern.arguments.size()) return out;
    if (lambda) {
      out.parameters[i] = pattern;
      continue;
    }
    const int fits = fit(pattern, given[i].type, out.bindings, out.parameters[i]);
    if (fits < 0) return out;
    score += fits;
  }
  // Later arguments may have widened what a variable means to the earlier ones.
  for (size_t i = 0; i < given.size(); ++i) {
    const Type& pattern = signature.arguments[std::min(i, count - 1)];
    if (!pattern.is(TypeKind::kFunction) && out.parameters[i].kind == pattern.kind) continue;
    if (pattern.is(TypeKind::kVariable)) out.parameters[i] = bound(pattern, out.bindings);
  }
  out.row = &row;
  out.score = score;
  return out;
}

Translator::Match Translator::best_match(const Expr& expr, const Candidates& candidates,
                                         const std::vector<Typed>& given) {
  Match best;
  for (const FunctionRow* row : candidates.rows) {
    Match match = match_row(*row, expr, given);
    if (match.score > best.score || (match.row && !best.row)) best = std::move(match);
  }
  if (!best.row) return best;
  // Nested variables (array(T) given two arrays) take the type they have in common.
  const Signature signature = signature_of(*best.row);
  for (size_t i = 0; i < given.size(); ++i) {
    const Type& pattern = signature.arguments[std::min(i, signature.arguments.size() - 1)];
    if (pattern.contains(TypeKind::kVariable) && !pattern.is(TypeKind::kFunction)) {
      Type exact = bound(pattern, best.bindings);
      exact.names = best.parameters[i].names;
      best.parameters[i] = std::move(exact);
    }
  }
  return best;
}

Typed Translator::lambda(const Expr& expr, const Scope& scope, const Type& pattern,
                         Bindings& bindings) {
  Scope inner;
  inner.outer = &scope;
  inner.lambda = true;
  std::string head;
  for (size_t i = 0; i < expr.names.size(); ++i) {
    Field field;
    field.name = expr.names[i];
    field.type = bound(pattern.arguments[i], bindings);
    field.sql = fresh('x');
    head += (i ? ", " : "") + field.sql;
    inner.fields.push_back(std::move(field));
  }
  Typed body = expression(*expr.children[0], inner);
  if (error_) return body;
  const Type& result = pattern.arguments.back();
  Type into;
  if (fit(result, body.type, bindings, into) < 0) {
    return failed(sql_error("TYPE_MISMATCH", expr.at,
                            "Lambda must return " + trino_name(bound(result, bindings)) +
                                " but returns " + trino_name(body.type)));
  }
  Typed out = coerce(std::move(body), into);
  out.sql = "lambda " + head + ": " + out.sql;
  return out;
}

bool Translator::lambdas(const Expr& expr, const Scope& scope, Match& match,
                         std::vector<Typed>& given) {
  for (size_t i = 0; i < given.size(); ++i) {
    if (expr.children[i]->kind != ExprKind::kLambda) continue;
    given[i] = lambda(*expr.children[i], scope, match.parameters[i], match.bindings);
    if (error_) return false;
  }
  return true;
}

Typed Translator::no_function(const Expr& expr, const Candidates& candidates,
                              const std::vector<Typed>& given) {
  if (candidates.rows.empty()) {
    return failed(
        sql_error("FUNCTION_NOT_FOUND", expr.at, "Function '" + expr.text + "' not registered"));
  }
  std::string types;
  for (const Typed& value : given) types += (types.empty() ? "" : ", ") + trino_name(value.type);
  std::string expected;
  for (const FunctionRow* row : candidates.rows) {
    expected += std::string(expected.empty() ? "" : ", ") + row->name + "(" + row->arguments + ")";
  }
  return failed(sql_error("FUNCTION_NOT_FOUND", expr.at,
                          "Unexpected parameters (" + types + ") for function " + expr.text +
                              ". Expected: " + expected));
}

void Translator::check_call(const Expr& expr, const Candidates& candidates) {
  const bool scalar = candidates.kind == FunctionKind::kScalar;
  if (scalar && (expr.over || expr.filter || expr.distinct || !expr.order_by.empty())) {
    return fail(sql_error("FUNCTION_NOT_AGGREGATE", expr.at,
                          "'" + expr.text + "' is not an aggregate or window function"));
  }
  if (candidates.kind == FunctionKind::kWindow && !expr.over) {
    return fail(sql_error("MISSING_OVER", expr.at,
                          "Window function " + expr.text + " requires an OVER clause"));
  }
  if (!expr.nulls.empty() && candidates.kind != FunctionKind::kWindow) {
    fail(not_supported(expr.at, "Null treatment of " + expr.text));
  }
}

Typed Translator::call(const Expr& expr, const Scope& scope) {
  if (std::optional<Typed> out = special(expr, scope)) return *std::move(out);
  const Candidates candidates = functions_named(expr.text);
  check_call(expr, candidates);
  const bool aggregates = candidates.kind == FunctionKind::kAggregate && !expr.over;
  if (aggregates) {
    const Scope* around = &scope;
    while (around->lambda && around->outer) around = around->outer;
    if (in_aggregate_) {
      return failed(sql_error("NESTED_AGGREGATION", expr.at,
                              "Cannot nest aggregations inside aggregation: " + expr.text));
    }
    if (!around->grouped) {
      return failed(sql_error("EXPRESSION_NOT_SCALAR", expr.at,
                              "WHERE clause cannot contain aggregations, window functions or "
                              "grouping operations: [" +
                                  expr.text + "]"));
    }
    ++in_aggregate_;
  }
  std::vector<Typed> given;
  for (const ExprPtr& child : expr.children) {
    const bool lambda = child->kind == ExprKind::kLambda;
    given.push_back(lambda ? Typed{simple(TypeKind::kFunction), ""} : expression(*child, scope));
  }
  Typed out;
  if (!error_) {
    Match match = best_match(expr, candidates, given);
    if (!match.row || (expr.star && expr.text != "count")) {
      out = no_function(expr, candidates, given);
    } else if (lambdas(expr, scope, match, given)) {
      out = printed_call(expr, scope, candidates, match, std::move(given));
    }
  }
  if (aggregates) --in_aggregate_;
  return out;
}

Type Translator::result_type(const std::string& result, const std::vector<Typed>& given,
                             const Bindings& bindings) {
  if (result == "=sum") return decimal(kDecimalPrecisionMax, given[0].type.scale);
  if (result[0] == '=') return given[static_cast<size_t>(result[1] - '1')].type;
  return bound(*parse_trino_type(result), bindings);
}

// {2:mysql} and {2:joda}: the pattern of times in the second argument, for strftime.
bool Translator::time_patterns(const Expr& expr, std::string_view form,
                               const std::vector<Typed>& given,
                               std::map<std::string, std::string>& values) {
  const bool mysql = form.find("{2:mysql}") != std::string_view::npos;
  if (!mysql && form.find("{2:joda}") == std::string_view::npos) return true;
  if (!given[1].constant) {
    fail(not_supported(expr.children[1]->at, "A time pattern that is not a literal"));
    return false;
  }
  const std::optional<std::string> pattern =
      mysql ? strftime_of_mysql(*given[1].constant) : strftime_of_joda(*given[1].constant);
  if (!pattern) {
    fail(not_supported(expr.children[1]->at, "The time pattern '" + *given[1].constant + "'"));
    return false;
  }
  values[mysql ? "2:mysql" : "2:joda"] = quote_text(*pattern);
  return true;
}

Typed Translator::printed_call(const Expr& expr, const Scope& scope, const Candidates& candidates,
                               Match& match, std::vector<Typed> given) {
  Typed out;
  for (size_t i = 0; i < given.size(); ++i) {
    inherit(out, given[i]);
    if (expr.children[i]->kind == ExprKind::kLambda) continue;
    Type to = match.parameters[i];
    // A lambda may have widened the type of a state (reduce).
    given[i] = coerce(std::move(given[i]), to);
  }
  const std::string result = match.row->result;
  out.type = result_type(result, given, match.bindings);
  std::string_view form = match.row->sql;
  if (expr.distinct && form.find("{d}") == std::string_view::npos) {
    return failed(not_supported(expr.at, "DISTINCT in " + expr.text));
  }
  std::map<std::string, std::string> values;
  for (size_t i = 0; i < given.size(); ++i) values[std::to_string(i + 1)] = given[i].sql;
  values["*"] = list_of(given);
  for (size_t i = 0; i < given.size(); ++i) {
    if (expr.children.size() <= i || expr.children[i]->kind != ExprKind::kLambda) continue;
    // "lambda x1, x2: body" also in its parts: {3:1} {3:2} {3:b}.
    const std::string& text = given[i].sql;
    const size_t colon = text.find(": ");
    const std::string names = text.substr(7, colon - 7);
    const size_t comma = names.find(", ");
    const std::string place = std::to_string(i + 1) + ":";
    values[place + "1"] = names.substr(0, comma);
    if (comma != std::string::npos) values[place + "2"] = names.substr(comma + 2);
    values[place + "b"] = text.substr(colon + 2);
  }
  if (!time_patterns(expr, form, given, values)) return out;
  values["z"] = "'UTC'";
  for (const Typed& value : given) {
    if (!value.type.zone.empty()) values["z"] = quote_text(value.type.zone);
  }
  for (const auto& [name, type] : match.bindings) values[name] = engine_name(type);
  values["R"] = engine_name(out.type);
  values["d"] = expr.distinct ? "DISTINCT " : "";
  values["n"] = expr.nulls == "IGNORE" ? " IGNORE NULLS" : "";
  values["o"] = call_order(expr, scope);
  values["f"] = call_tail(expr, scope, out);
  out.sql = filled(form, values);
  if (candidates.kind == FunctionKind::kAggregate && !expr.over) {
    out.has_aggregate = true;
    out.ungrouped.clear();
  }
  return out;
}

std::string Translator::call_order(const Expr& expr, const Scope& scope) {
  std::string out;
  for (const SortItem& item : expr.order_by) {
    out += out.empty() ? " ORDER BY " : ", ";
    out += expression(*item.value, scope).sql + (item.descending ? " DESC" : " ASC") +
           (item.nulls_first.value_or(false) ? " NULLS FIRST" : " NULLS LAST");
  }
  return out;
}

std::string Translator::call_tail(const Expr& expr, const Scope& scope, Typed& out) {
  std::string text;
  if (expr.filter) {
    const Typed condition = expression(*expr.filter, scope);
    if (!error_ && !condition.type.is(TypeKind::kBoolean)) {
      fail(sql_error("TYPE_MISMATCH", expr.filter->at,
                     "Filter expression must evaluate to a boolean (actual: " +
                         trino_name(condition.type) + ")"));
    }
    text += " FILTER (WHERE " + condition.sql + ")";
  }
  if (expr.over) {
    text += " OVER (" + window_text(*expr.over, scope) + ")";
    out.has_window = true;
  }
  return text;
}

std::string Translator::window_text(const Window& window, const Scope& scope) {
  std::string out;
  const Window* base = nullptr;
  if (!window.base.empty()) {
    const auto found = windows_.find(lower_case(window.base));
    if (found == windows_.end()) {
      fail(sql_error("INVALID_WINDOW_REFERENCE", window.at,
                     "Cannot resolve WINDOW name " + window.base));
      return out;
    }
    base = found->second;
    if (window.partition_by.empty() && window.order_by.empty() && !window.frame) {
      return window_text(*base, scope);
    }
  }
  const auto& partitions =
      base && window.partition_by.empty() ? base->partition_by : window.partition_by;
  const auto& order = base && window.order_by.empty() ? base->order_by : window.order_by;
  for (const ExprPtr& key : partitions) {
    out += (out.empty() ? "PARTITION BY " : ", ") + expression(*key, scope).sql;
  }
  bool first = true;
  for (const SortItem& item : order) {
    out += first ? (out.empty() ? "ORDER BY " : " ORDER BY ") : ", ";
    first = false;
    out += expression(*item.value, scope).sql + (item.descending ? " DESC" : " ASC") +
           (item.nulls_first.value_or(false) ? " NULLS FIRST" : " NULLS LAST");
  }
  if (window.frame) out += " " + frame_text(*window.frame, scope);
  return out;
}

std::string Translator::bound_text(const FrameBound& bound, const Scope& scope) {
  switch (bound.kind) {
    case FrameBound::Kind::kUnboundedPreceding:
      return "UNBOUNDED PRECEDING";
    case FrameBound::Kind::kUnboundedFollowing:
      return "UNBOUNDED FOLLOWING";
    case FrameBound::Kind::kCurrentRow:
      return "CURRENT ROW";
    case FrameBound::Kind::kPreceding:
      return expression(*bound.value, scope).sql + " PRECEDING";
    default:
      return expression(*bound.value, scope).sql + " FOLLOWING";
  }
}

std::string Translator::frame_text(const Frame& frame, const Scope& scope) {
  std::string out = frame.unit + " BETWEEN " + bound_text(frame.start, scope) + " AND ";
  return out + (frame.end ? bound_text(*frame.end, scope) : "CURRENT ROW");
}

}  // namespace tidemill::athena_sql
