// Names, subscripts, CASE, constructors and subqueries.
#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

const Scope& query_scope(const Scope& scope) {
  const Scope* found = &scope;
  while (found->lambda && found->outer) found = found->outer;
  return *found;
}

// a.b.c when every part is a name; empty otherwise.
std::vector<std::string> path_of(const Expr& expr) {
  if (expr.kind == ExprKind::kIdentifier) return {lower_case(expr.text)};
  if (expr.kind != ExprKind::kDereference) return {};
  std::vector<std::string> path = path_of(*expr.children[0]);
  if (!path.empty()) path.push_back(lower_case(expr.text));
  return path;
}

std::string joined(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& part : path) out += (out.empty() ? "" : ".") + part;
  return out;
}

}  // namespace

void Translator::inherit(Typed& out, const Typed& part) {
  if (out.ungrouped.empty()) {
    out.ungrouped = part.ungrouped;
    out.ungrouped_at = part.ungrouped_at;
  }
  out.has_aggregate |= part.has_aggregate;
  out.has_window |= part.has_window;
}

Typed Translator::expression(const Expr& expr, const Scope& scope) {
  if (error_) return Typed{Type{}, "NULL"};
  Typed out = dispatch(expr, scope);
  const Scope& around = query_scope(scope);
  if (around.grouped && in_aggregate_ == 0 && around.group_keys.count(out.sql)) {
    out.ungrouped.clear();
  }
  return out;
}

Typed Translator::dispatch(const Expr& expr, const Scope& scope) {
  switch (expr.kind) {
    case ExprKind::kTyped:
      return typed_literal(expr);
    case ExprKind::kInterval:
      return interval_literal(expr);
    case ExprKind::kParameter:
      return parameter(expr, scope);
    case ExprKind::kIdentifier:
      return identifier(expr, scope);
    case ExprKind::kDereference:
      return dereference(expr, scope);
    case ExprKind::kSubscript:
      return subscript(expr, scope);
    case ExprKind::kCall:
      return call(expr, scope);
    case ExprKind::kLambda:
      return failed(
          syntax_error(expr.at, "Lambda expression should always be used inside a function"));
    case ExprKind::kUnary:
      return unary(expr, scope);
    case ExprKind::kBinary:
      return binary(expr, scope);
    case ExprKind::kBetween:
      return between(expr, scope);
    case ExprKind::kIn:
      return in_list(expr, scope);
    case ExprKind::kInQuery:
      return in_query(expr, scope);
    case ExprKind::kExists:
    case ExprKind::kQuery:
      return scalar_query(expr, scope);
    case ExprKind::kQuantified:
      return quantified(expr, scope);
    case ExprKind::kLike:
      return like(expr, scope);
    case ExprKind::kIsNull: {
      Typed value = expression(*expr.children[0], scope);
      Typed out{simple(TypeKind::kBoolean),
                "(" + value.sql + (expr.negated ? " IS NOT NULL)" : " IS NULL)")};
      inherit(out, value);
      return out;
    }
    case ExprKind::kDistinctFrom:
      return distinct_from(expr, scope);
    case ExprKind::kCase:
      return case_of(expr, scope);
    case ExprKind::kCast:
      return cast(expr, scope);
    case ExprKind::kArray:
      return array(expr, scope);
    case ExprKind::kRow:
      return row(expr, scope);
    case ExprKind::kAtTimeZone:
      return at_time_zone(expr, scope);
    case ExprKind::kExtract:
      return extract(expr, scope);
    case ExprKind::kCurrent:
      return current(expr);
    default:
      return literal(expr);
  }
}

Typed Translator::parameter(const Expr& expr, const Scope& scope) {
  const size_t index = std::stoul(expr.text);
  if (index >= parameters_.size()) {
    return failed(sql_error("INVALID_PARAMETER_USAGE", expr.at,
                            "Incorrect number of parameters: expected " +
                                std::to_string(index + 1) + " but found " +
                                std::to_string(parameters_.size())));
  }
  return expression(*parameters_[index], scope);
}

Typed Translator::field_value(const Field& field, const Scope& owner, const Scope& scope,
                              Position at) {
  Typed out{field.type, field.sql};
  if (owner.grouped && in_aggregate_ == 0 && &owner == &query_scope(scope)) {
    out.ungrouped = field.label.empty() ? field.name : field.label;
    out.ungrouped_at = at;
  }
  if (field.scan >= 0) {
    Scan& scan = scans_[static_cast<size_t>(field.scan)];
    scan.columns.insert(field.name);
    out.scan = field.scan;
    out.scan_column = field.name;
  }
  return out;
}

std::optional<Typed> Translator::qualified(const std::vector<std::string>& path, Position at,
                                           const Scope& scope) {
  for (const Scope* owner = &scope; owner; owner = owner->outer) {
    // The longest qualification first: db.relation.column, relation.column, column.
    for (size_t prefix = std::min<size_t>(3, path.size() - 1) + 1; prefix-- > 0;) {
      const Field* found = nullptr;
      for (const Field& field : owner->fields) {
        if (field.name != path[prefix] || (prefix == 0 && field.qualified_only)) continue;
        if (prefix >= 1 && field.relation != path[prefix - 1]) continue;
        if (prefix >= 2 && field.database != path[prefix - 2]) continue;
        if (prefix >= 3 && session_.catalog != path[prefix - 3]) continue;
        if (found) {
          return failed(
              sql_error("AMBIGUOUS_NAME", at, "Column '" + joined(path) + "' is ambiguous"));
        }
        found = &field;
      }
      if (!found) continue;
      Typed out = field_value(*found, *owner, scope, at);
      for (size_t i = prefix + 1; i < path.size(); ++i) {
        out = row_field_of(std::move(out), path[i], at);
      }
      return out;
    }
  }
  return std::nullopt;
}

Typed Translator::identifier(const Expr& expr, const Scope& scope) {
  std::optional<Typed> found = qualified({lower_case(expr.text)}, expr.at, scope);
  if (found) return *std::move(found);
  return failed(
      sql_error("COLUMN_NOT_FOUND", expr.at, "Column '" + expr.text + "' cannot be resolved"));
}

Typed Translator::dereference(const Expr& expr, const Scope& scope) {
  const std::vector<std::string> path = path_of(expr);
  if (path.empty()) {
    return row_field_of(expression(*expr.children[0], scope), lower_case(expr.text), expr.at);
  }
  std::optional<Typed> found = qualified(path, expr.at, scope);
  if (found) return *std::move(found);
  return failed(
      sql_error("COLUMN_NOT_FOUND", expr.at, "Column '" + joined(path) + "' cannot be resolved"));
}

Typed Translator::row_field_of(Typed base, const std::string& name, Position at) {
  if (error_) return base;
  if (!base.type.is(TypeKind::kRow)) {
    return failed(sql_error("TYPE_MISMATCH", at, "Expression " + name + " is not of type ROW"));
  }
  for (size_t i = 0; i < base.type.arguments.size(); ++i) {
    if (i >= base.type.names.size() || base.type.names[i] != name) continue;
    Typed out{base.type.arguments[i],
              "struct_extract(" + base.sql + ", " + quote_text(row_field(base.type, i)) + ")"};
    inherit(out, base);
    return out;
  }
  return failed(sql_error("COLUMN_NOT_FOUND", at, "Column '" + name + "' cannot be resolved"));
}

Typed Translator::subscript(const Expr& expr, const Scope& scope) {
  Typed base = expression(*expr.children[0], scope);
  Typed index = expression(*expr.children[1], scope);
  if (error_) return base;
  Typed out;
  if (base.type.is(TypeKind::kArray) && index.type.is_integer()) {
    out.type = base.type.arguments[0];
    out.sql = "t_subscript(" + base.sql + ", " + coerce(index, simple(TypeKind::kBigint)).sql + ")";
  } else if (base.type.is(TypeKind::kMap) && can_coerce(index.type, base.type.arguments[0])) {
    out.type = base.type.arguments[1];
    out.sql = "t_subscript(" + base.sql + ", " + coerce(index, base.type.arguments[0]).sql + ")";
  } else if (base.type.is(TypeKind::kRow) && index.constant && index.type.is_integer()) {
    const size_t place = index.constant->size() > 4 ? 0 : std::stoul(*index.constant);
    if (place < 1 || place > base.type.arguments.size()) {
      return failed(sql_error("INVALID_FUNCTION_ARGUMENT", expr.at,
                              "ROW index out of bounds: " + *index.constant));
    }
    out.type = base.type.arguments[place - 1];
    out.sql =
        "struct_extract(" + base.sql + ", " + quote_text(row_field(base.type, place - 1)) + ")";
  } else {
    return failed(sql_error(
        "TYPE_MISMATCH", expr.at,
        "Cannot use " + trino_name(index.type) + " for subscript of " + trino_name(base.type)));
  }
  inherit(out, base);
  inherit(out, index);
  return out;
}

Typed Translator::case_of(const Expr& expr, const Scope& scope) {
  std::vector<Typed> parts;
  for (const ExprPtr& child : expr.children) parts.push_back(expression(*child, scope));
  if (error_) return parts[0];
  const size_t first = expr.has_operand ? 1 : 0;
  const size_t pairs = (parts.size() - first) / 2;
  Type result = expr.has_else ? parts.back().type : Type{};
  for (size_t i = 0; i < pairs; ++i) {
    const size_t then = first + 2 * i + 1;
    const std::optional<Type> common = common_type(result, parts[then].type);
    if (!common) {
      return failed(sql_error("TYPE_MISMATCH", expr.children[then]->at,
                              "All CASE results must be the same type or coercible to a common "
                              "type. Cannot find common type between " +
                                  trino_name(result) + " and " + trino_name(parts[then].type)));
    }
    result = *common;
  }
  Typed out{result, "(CASE"};
  for (size_t i = 0; i < pairs; ++i) {
    Typed condition = parts[first + 2 * i];
    const Position at = expr.children[first + 2 * i]->at;
    if (expr.has_operand) condition = comparison("=", at, parts[0], condition);
    if (!error_ && !condition.type.is(TypeKind::kBoolean) &&
        !condition.type.is(TypeKind::kUnknown)) {
      return failed(sql_error("TYPE_MISMATCH", at,
                              "CASE WHEN clause must evaluate to a boolean (actual: " +
                                  trino_name(condition.type) + ")"));
    }
    out.sql += " WHEN " + condition.sql + " THEN " + coerce(parts[first + 2 * i + 1], result).sql;
  }
  if (expr.has_else) out.sql += " ELSE " + coerce(parts.back(), result).sql;
  out.sql += " END)";
  for (const Typed& part : parts) inherit(out, part);
  return out;
}

Typed Translator::array(const Expr& expr, const Scope& scope) {
  std::vector<Typed> items;
  Type element;
  for (const ExprPtr& child : expr.children) {
    items.push_back(expression(*child, scope));
    const std::optional<Type> common = common_type(element, items.back().type);
    if (!common) {
      return failed(sql_error("TYPE_MISMATCH", child->at,
                              "All ARRAY elements must be the same type or coercible to a common "
                              "type. Cannot find common type between " +
                                  trino_name(element) + " and " + trino_name(items.back().type)));
    }
    element = *common;
  }
  Typed out{array_of(element), "["};
  for (const Typed& item : items) {
    if (&item != &items[0]) out.sql += ", ";
    out.sql += coerce(item, element).sql;
    inherit(out, item);
  }
  out.sql += "]";
  return out;
}

Typed Translator::row(const Expr& expr, const Scope& scope) {
  Typed out{Type{.kind = TypeKind::kRow}, "struct_pack("};
  for (size_t i = 0; i < expr.children.size(); ++i) {
    Typed field = expression(*expr.children[i], scope);
    if (i) out.sql += ", ";
    out.type.arguments.push_back(field.type);
    out.type.names.emplace_back();
    out.sql += quote_identifier(row_field(out.type, i)) + " := " + field.sql;
    inherit(out, field);
  }
  out.sql += ")";
  return out;
}

Typed Translator::scalar_query(const Expr& expr, const Scope& scope) {
  QueryText text = query(*expr.query, &scope);
  if (error_) return Typed{Type{}, "NULL"};
  if (expr.kind == ExprKind::kExists) {
    return Typed{simple(TypeKind::kBoolean), "EXISTS (" + text.sql + ")"};
  }
  if (text.columns.size() != 1) {
    return failed(not_supported(expr.at, "A scalar subquery of several columns"));
  }
  return Typed{text.columns[0].type, "(" + text.sql + ")"};
}

Typed Translator::in_query(const Expr& expr, const Scope& scope) {
  Typed value = expression(*expr.children[0], scope);
  QueryText text = query(*expr.query, &scope);
  if (error_) return value;
  if (text.columns.size() != 1) {
    return failed(not_supported(expr.at, "IN with a subquery of several columns"));
  }
  const std::optional<Type> common = common_type(value.type, text.columns[0].type);
  if (!common) {
    return failed(sql_error("TYPE_MISMATCH", expr.at,
                            "value and result of subquery must be of the same type for IN "
                            "expression: " +
                                trino_name(value.type) + " vs " +
                                trino_name(text.columns[0].type)));
  }
  Typed out{simple(TypeKind::kBoolean), "(" + coerce(value, *common).sql +
                                            (expr.negated ? " NOT IN (" : " IN (") +
                                            cast_columns(text, {*common}) + "))"};
  inherit(out, value);
  return out;
}

Typed Translator::quantified(const Expr& expr, const Scope& scope) {
  Typed value = expression(*expr.children[0], scope);
  QueryText text = query(*expr.query, &scope);
  if (error_) return value;
  const std::optional<Type> common =
      text.columns.size() == 1 ? common_type(value.type, text.columns[0].type) : std::nullopt;
  if (!common) {
    return failed(sql_error("TYPE_MISMATCH", expr.at,
                            "Value expression and result of subquery must be of the same type for "
                            "quantified comparison"));
  }
  const std::string word = expr.names[0] == "ALL" ? "ALL" : "ANY";
  Typed out{simple(TypeKind::kBoolean), "(" + coerce(value, *common).sql + " " + expr.text + " " +
                                            word + " (" + cast_columns(text, {*common}) + "))"};
  inherit(out, value);
  return out;
}

}  // namespace tidemill::athena_sql
