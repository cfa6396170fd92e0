// SELECT: items, WHERE, grouping, HAVING and ORDER BY, with the scopes Trino gives each.
#include <algorithm>

#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

bool calls_aggregate(const Expr& expr);

bool any_aggregate(const std::vector<SortItem>& items) {
  return std::any_of(items.begin(), items.end(),
                     [](const SortItem& item) { return calls_aggregate(*item.value); });
}

bool any_aggregate(const Window& window) {
  return any_aggregate(window.order_by) ||
         std::any_of(window.partition_by.begin(), window.partition_by.end(),
                     [](const ExprPtr& key) { return calls_aggregate(*key); });
}

bool calls_aggregate(const Expr& expr) {
  if (expr.kind == ExprKind::kCall) {
    const bool aggregate = is_aggregate_name(expr.text) || expr.text == "grouping";
    if (aggregate && !expr.over) return true;
    if (expr.over && any_aggregate(*expr.over)) return true;
  }
  return std::any_of(expr.children.begin(), expr.children.end(),
                     [](const ExprPtr& child) { return calls_aggregate(*child); });
}

// The name a result column has when no alias is given.
std::string label_of(const Expr& expr, size_t index) {
  if (expr.kind == ExprKind::kIdentifier || expr.kind == ExprKind::kDereference) return expr.text;
  return "_col" + std::to_string(index);
}

std::optional<size_t> ordinal_of(const Expr& expr) {
  if (expr.kind != ExprKind::kInteger || expr.text.size() > 6) return std::nullopt;
  return std::stoul(expr.text);
}

}  // namespace

bool Translator::has_aggregates(const QueryBody& body, const std::vector<SortItem>* order_by) {
  for (const SelectItem& item : body.items) {
    if (item.value && calls_aggregate(*item.value)) return true;
  }
  return (body.having && calls_aggregate(*body.having)) || (order_by && any_aggregate(*order_by));
}

QueryText Translator::select(const QueryBody& body, const Scope* outer,
                             const std::vector<SortItem>* order_by) {
  Scope scope;
  scope.outer = outer;
  QueryText out;
  std::string from;
  if (body.from) {
    RelationText source = relation(*body.from, outer);
    if (error_) return {};
    from = " FROM " + source.sql;
    scope.fields = std::move(source.fields);
  }
  const std::map<std::string, const Window*> around = windows_;
  windows(body);
  const int in_aggregate = std::exchange(in_aggregate_, 0);
  const std::string conditions = where(body, scope);
  const bool grouped = body.has_group_by || body.having || has_aggregates(body, order_by);
  std::string groups;
  if (grouped) {
    groups = group_by(body, scope);
    scope.grouped = true;
  }
  SelectPart part;
  select_items(body, scope, part);
  std::string having;
  if (body.having && !error_) {
    const Typed condition = expression(*body.having, scope);
    check_grouped(condition);
    if (!error_ && !condition.type.is(TypeKind::kBoolean)) {
      fail(sql_error(
          "TYPE_MISMATCH", body.having->at,
          "HAVING clause must evaluate to a boolean: actual type " + trino_name(condition.type)));
    }
    having = " HAVING " + condition.sql;
  }
  std::string order;
  if (order_by && !error_) order = order_text(*order_by, &body, scope, part, body.distinct);
  windows_ = around;
  in_aggregate_ = in_aggregate;
  out.sql = body.distinct ? "SELECT DISTINCT " : "SELECT ";
  for (size_t i = 0; i < part.items.size(); ++i) {
    out.sql += (i ? ", " : "") + part.items[i].sql + " AS c" + std::to_string(i);
  }
  out.sql += from + conditions + groups + having + order;
  out.columns = std::move(part.columns);
  return out;
}

void Translator::windows(const QueryBody& body) {
  windows_.clear();
  for (const auto& [name, window] : body.windows) windows_[lower_case(name.text)] = &window;
}

std::string Translator::where(const QueryBody& body, const Scope& scope) {
  if (!body.where || error_) return "";
  const Typed condition = expression(*body.where, scope);
  if (error_) return "";
  if (condition.has_window) {
    fail(sql_error("EXPRESSION_NOT_SCALAR", body.where->at,
                   "WHERE clause cannot contain aggregations, window functions or grouping "
                   "operations"));
  }
  if (!condition.type.is(TypeKind::kBoolean) && !condition.type.is(TypeKind::kUnknown)) {
    fail(sql_error(
        "TYPE_MISMATCH", body.where->at,
        "WHERE clause must evaluate to a boolean: actual type " + trino_name(condition.type)));
  }
  collect_filters(*body.where, scope);
  return " WHERE " + condition.sql;
}

void Translator::select_items(const QueryBody& body, const Scope& scope, SelectPart& part) {
  for (const SelectItem& item : body.items) {
    if (error_) return;
    if (!item.value) {
      all_columns(item, scope, part);
      continue;
    }
    Typed value = expression(*item.value, scope);
    check_grouped(value);
    const std::string label =
        item.alias ? item.alias->text : label_of(*item.value, part.items.size());
    part.aliases.push_back(item.alias ? lower_case(item.alias->text)
                           : item.value->kind == ExprKind::kIdentifier ||
                                   item.value->kind == ExprKind::kDereference
                               ? lower_case(item.value->text)
                               : "");
    part.columns.push_back({label, value.type});
    part.items.push_back(std::move(value));
  }
}

void Translator::all_columns(const SelectItem& item, const Scope& scope, SelectPart& part) {
  if (scope.fields.empty()) {
    return fail(syntax_error(item.at, "SELECT * not allowed in queries without FROM clause"));
  }
  const std::string relation = item.prefix.empty() ? "" : lower_case(item.prefix.back().text);
  const std::string database =
      item.prefix.size() > 1 ? lower_case(item.prefix[item.prefix.size() - 2].text) : "";
  bool found = false;
  for (const Field& field : scope.fields) {
    if (field.hidden) continue;
    if (relation.empty() ? field.qualified_only : field.relation != relation) continue;
    if (!database.empty() && field.database != database) continue;
    found = true;
    Typed value = field_value(field, scope, scope, item.at);
    if (scope.group_keys.count(value.sql)) value.ungrouped.clear();
    check_grouped(value);
    part.aliases.push_back(field.name);
    part.columns.push_back({field.label, field.type});
    part.items.push_back(std::move(value));
  }
  if (!found) {
    fail(sql_error("TABLE_NOT_FOUND", item.at, "Unable to resolve reference " + relation));
  }
}

void Translator::check_grouped(const Typed& value) {
  if (error_ || value.ungrouped.empty()) return;
  fail(sql_error(
      "EXPRESSION_NOT_AGGREGATE", value.ungrouped_at,
      "'" + value.ungrouped + "' must be an aggregate expression or appear in GROUP BY clause"));
}

std::string Translator::group_by(const QueryBody& body, Scope& scope) {
  std::string out;
  for (const GroupingElement& element : body.group_by) {
    out += out.empty() ? " GROUP BY " : ", ";
    if (element.kind == GroupingElement::Kind::kSimple) {
      const bool parentheses = element.sets[0].size() != 1;
      out += grouping_set(element.sets[0], body, scope, parentheses);
      continue;
    }
    out += element.kind == GroupingElement::Kind::kSets     ? "GROUPING SETS ("
           : element.kind == GroupingElement::Kind::kRollup ? "ROLLUP ("
                                                            : "CUBE (";
    for (size_t i = 0; i < element.sets.size(); ++i) {
      out +=
          (i ? ", " : "") + grouping_set(element.sets[i], body, scope, element.sets[i].size() != 1);
    }
    out += ")";
  }
  return out;
}

std::string Translator::grouping_set(const std::vector<ExprPtr>& set, const QueryBody& body,
                                     Scope& scope, bool parentheses) {
  std::string out;
  for (const ExprPtr& key : set) {
    const Typed value = group_key(*key, body, scope);
    if (error_) return "";
    scope.group_keys.insert(value.sql);
    out += (out.empty() ? "" : ", ") + value.sql;
  }
  return parentheses ? "(" + out + ")" : out;
}

Typed Translator::group_key(const Expr& key, const QueryBody& body, Scope& scope) {
  const std::optional<size_t> ordinal = ordinal_of(key);
  const Expr* expr = &key;
  if (ordinal) {
    if (std::any_of(body.items.begin(), body.items.end(),
                    [](const SelectItem& item) { return !item.value; })) {
      return all_columns_key(*ordinal, body, scope, key.at);
    }
    if (*ordinal < 1 || *ordinal > body.items.size()) {
      return failed(sql_error("INVALID_COLUMN_REFERENCE", key.at,
                              "GROUP BY position " + key.text + " is not in select list"));
    }
    expr = body.items[*ordinal - 1].value.get();
  }
  if (calls_aggregate(*expr)) {
    return failed(sql_error("EXPRESSION_NOT_SCALAR", expr->at,
                            "GROUP BY clause cannot contain aggregations, window functions or "
                            "grouping operations"));
  }
  return expression(*expr, scope);
}

// GROUP BY 2 where a * stands before: count its columns.
Typed Translator::all_columns_key(size_t ordinal, const QueryBody& body, const Scope& scope,
                                  Position at) {
  SelectPart part;
  Scope plain;
  plain.fields = scope.fields;
  plain.outer = scope.outer;
  for (const SelectItem& item : body.items) {
    if (item.value) {
      part.items.push_back(calls_aggregate(*item.value) ? Typed{} : expression(*item.value, plain));
    } else {
      all_columns(item, plain, part);
    }
    if (error_) return {};
  }
  if (ordinal < 1 || ordinal > part.items.size()) {
    return failed(
        sql_error("INVALID_COLUMN_REFERENCE", at,
                  "GROUP BY position " + std::to_string(ordinal) + " is not in select list"));
  }
  return part.items[ordinal - 1];
}

std::string Translator::order_text(const std::vector<SortItem>& order_by, const QueryBody* select,
                                   const Scope& scope, const SelectPart& part, bool distinct) {
  std::string out;
  for (const SortItem& item : order_by) {
    out += out.empty() ? " ORDER BY " : ", ";
    out += order_key(*item.value, select, scope, part, distinct);
    out += item.descending ? " DESC" : " ASC";
    out += item.nulls_first.value_or(false) ? " NULLS FIRST" : " NULLS LAST";
  }
  return out;
}

std::string Translator::order_key(const Expr& key, const QueryBody* select, const Scope& scope,
                                  const SelectPart& part, bool distinct) {
  if (const std::optional<size_t> ordinal = ordinal_of(key)) {
    if (*ordinal < 1 || *ordinal > part.items.size()) {
      fail(sql_error("INVALID_COLUMN_REFERENCE", key.at,
                     "ORDER BY position " + key.text + " is not in select list"));
    }
    return key.text;
  }
  // Names of the result hide the columns of FROM.
  Scope results;
  results.outer = scope.outer;
  results.grouped = scope.grouped;
  results.group_keys = scope.group_keys;
  std::set<std::string> hidden;
  for (size_t i = 0; select && i < part.items.size(); ++i) {
    if (part.aliases[i].empty() || !hidden.insert(part.aliases[i]).second) continue;
    Field field;
    field.name = part.aliases[i];
    field.label = part.columns[i].name;
    field.type = part.items[i].type;
    field.sql = part.items[i].sql;
    results.group_keys.insert(field.sql);
    results.fields.push_back(std::move(field));
  }
  for (const Field& field : scope.fields) {
    results.fields.push_back(field);
    if (hidden.count(field.name)) results.fields.back().qualified_only = true;
  }
  const Typed value = expression(key, results);
  check_grouped(value);
  if (error_) return "";
  if (!value.type.is_orderable() && !value.type.is(TypeKind::kUnknown)) {
    fail(sql_error("TYPE_MISMATCH", key.at,
                   "Type " + trino_name(value.type) +
                       " is not orderable, and therefore cannot be used in ORDER BY"));
  }
  for (size_t i = 0; i < part.items.size(); ++i) {
    if (part.items[i].sql == value.sql) return std::to_string(i + 1);
  }
  if (distinct) {
    fail(sql_error("EXPRESSION_NOT_IN_DISTINCT", key.at,
                   "For SELECT DISTINCT, ORDER BY expressions must appear in select list"));
  }
  return value.sql;
}

void Translator::collect_filters(const Expr& condition, const Scope& scope) {
  if (error_) return;
  if (condition.kind == ExprKind::kBinary && condition.text == "AND") {
    collect_filters(*condition.children[0], scope);
    collect_filters(*condition.children[1], scope);
    return;
  }
  collect_filter(condition, scope);
}

void Translator::collect_filter(const Expr& condition, const Scope& scope) {
  static const std::map<std::string, std::string> kMirrored = {
      {"=", "="}, {"<>", "<>"}, {"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
  const bool compares = condition.kind == ExprKind::kBinary && kMirrored.count(condition.text);
  const bool lists = (condition.kind == ExprKind::kIn || condition.kind == ExprKind::kBetween) &&
                     !condition.negated;
  if (!compares && !lists) return;
  std::vector<Typed> parts;
  for (const ExprPtr& child : condition.children) {
    if (child->kind == ExprKind::kQuery) return;
    parts.push_back(expression(*child, scope));
  }
  if (error_) return;
  std::string operation = condition.text;
  if (compares && parts[0].scan < 0) {
    std::swap(parts[0], parts[1]);
    operation = kMirrored.at(operation);
  }
  if (parts[0].scan < 0) return;
  Scan& scan = scans_[static_cast<size_t>(parts[0].scan)];
  const auto& columns = scan.table.partition_columns;
  if (std::none_of(columns.begin(), columns.end(), [&](const CatalogColumn& column) {
        return column.name == parts[0].scan_column;
      })) {
    return;
  }
  std::vector<std::string> values;
  for (size_t i = 1; i < parts.size(); ++i) {
    if (!parts[i].constant) return;
    values.push_back(*parts[i].constant);
  }
  if (condition.kind == ExprKind::kBetween) {
    scan.filters.push_back({parts[0].scan_column, ">=", {values[0]}});
    scan.filters.push_back({parts[0].scan_column, "<=", {values[1]}});
  } else {
    scan.filters.push_back({parts[0].scan_column, lists ? "IN" : operation, std::move(values)});
  }
}

}  // namespace tidemill::athena_sql
