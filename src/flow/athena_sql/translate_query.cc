// Queries: WITH, set operations, VALUES, ORDER BY over a whole query, limits.
#include <algorithm>

#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

constexpr int kViewDepthMax = 16;

std::string column_list(size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += (i ? ", c" : "c") + std::to_string(i);
  return out;
}

}  // namespace

Result<Translation> Translator::run(const Query& query) {
  QueryText text = this->query(query, nullptr);
  if (error_) return *std::move(error_);
  Translation out;
  out.sql = output_text(text);
  out.columns = std::move(text.columns);
  out.scans = std::move(scans_);
  return out;
}

// What leaves the query as text that DuckDB's types cannot carry.
std::string Translator::output_text(const QueryText& text) {
  std::string list;
  bool plain = true;
  for (size_t i = 0; i < text.columns.size(); ++i) {
    const Type& type = text.columns[i].type;
    std::string column = "c" + std::to_string(i);
    const bool zoned = type.is(TypeKind::kTimestampWithZone) && !type.zone.empty();
    const bool precise = type.is(TypeKind::kTimestamp) && type.precision != 3;
    if (zoned || precise) {
      column = cast_text(Typed{type, column}, varchar(), false) + " AS " + column;
      plain = false;
    }
    list += (i ? ", " : "") + column;
  }
  return plain ? text.sql : "SELECT " + list + " FROM (" + text.sql + ") AS " + fresh('r');
}

QueryText Translator::query(const Query& query, const Scope* outer) {
  const size_t visible = common_tables_.size();
  const std::string with = with_text(query, outer);
  QueryText out = body(*query.body, outer, &query.order_by);
  const bool select = query.body->kind == BodyKind::kSelect;
  if (!select && !query.order_by.empty()) out = ordered(std::move(out), query.order_by, outer);
  const std::string limit = limits(query);
  if (!limit.empty() && !select && query.order_by.empty()) {
    out.sql = "SELECT * FROM (" + out.sql + ") AS " + fresh('r');
  }
  if (query.with_ties) {
    fail(not_supported(query.limit->at, "FETCH FIRST WITH TIES"));
  }
  out.sql = with + out.sql + limit;
  common_tables_.resize(visible);
  return out;
}

std::string Translator::with_text(const Query& query, const Scope* outer) {
  std::string out;
  for (const CommonTable& table : query.with) {
    CommonTableText text{lower_case(table.name.text), fresh('w'), {}};
    std::string sql;
    const bool recursive = query.recursive && table.query->body->kind == BodyKind::kSetOperation &&
                           table.query->body->operation == "UNION" && table.query->with.empty();
    if (recursive) {
      sql = recursive_table(table, text, outer);
    } else {
      QueryText inner = this->query(*table.query, outer);
      rename(inner, table.columns, table.name.at, table.name);
      sql = inner.sql;
      text.columns = std::move(inner.columns);
    }
    out += out.empty() ? (query.recursive ? "WITH RECURSIVE " : "WITH ") : ", ";
    out += text.alias + "(" + column_list(text.columns.size()) + ") AS (" + sql + ")";
    common_tables_.push_back(std::move(text));
  }
  return out.empty() ? out : out + " ";
}

std::string Translator::recursive_table(const CommonTable& table, CommonTableText& text,
                                        const Scope* outer) {
  const QueryBody& whole = *table.query->body;
  QueryText base = body(*whole.left, outer, nullptr);
  rename(base, table.columns, table.name.at, table.name);
  text.columns = base.columns;
  common_tables_.push_back(text);
  QueryText step = body(*whole.right, outer, nullptr);
  common_tables_.pop_back();
  if (error_) return "";
  if (step.columns.size() != base.columns.size()) {
    fail(sql_error("TYPE_MISMATCH", whole.at,
                   "base and step relations of recursion have different number of fields: " +
                       std::to_string(base.columns.size()) + ", " +
                       std::to_string(step.columns.size())));
    return "";
  }
  std::vector<Type> types;
  for (const OutputColumn& column : base.columns) types.push_back(column.type);
  for (size_t i = 0; i < types.size(); ++i) {
    if (can_coerce(step.columns[i].type, types[i])) continue;
    fail(sql_error("TYPE_MISMATCH", whole.at,
                   "recursion step relation output type (" + trino_name(step.columns[i].type) +
                       ") is not coercible to recursion base relation output type (" +
                       trino_name(types[i]) + ") at column " + std::to_string(i + 1)));
    return "";
  }
  return base.sql + (whole.all ? " UNION ALL " : " UNION ") + cast_columns(step, types);
}

void Translator::rename(QueryText& text, const std::vector<Name>& names, Position at,
                        const Name& table) {
  if (names.empty() || error_) return;
  if (names.size() != text.columns.size()) {
    return fail(sql_error("MISMATCHED_COLUMN_ALIASES", at,
                          "Column alias list has " + std::to_string(names.size()) +
                              " entries but relation '" + table.text + "' has " +
                              std::to_string(text.columns.size()) + " columns"));
  }
  for (size_t i = 0; i < names.size(); ++i) text.columns[i].name = names[i].text;
}

QueryText Translator::body(const QueryBody& body, const Scope* outer,
                           const std::vector<SortItem>* order_by) {
  if (error_) return {};
  switch (body.kind) {
    case BodyKind::kSelect:
      return select(body, outer, order_by);
    case BodyKind::kValues:
      return values(body, outer);
    case BodyKind::kSetOperation:
      return set_operation(body, outer);
    case BodyKind::kSubquery: {
      QueryText out = query(*body.query, outer);
      out.sql = "(" + out.sql + ")";
      return out;
    }
    default: {
      Relation relation;
      relation.at = body.at;
      relation.name = body.table;
      const RelationText text = table(relation);
      QueryText out;
      for (const Field& field : text.fields) {
        if (field.hidden) continue;
        if (field.scan >= 0) scans_[static_cast<size_t>(field.scan)].columns.insert(field.name);
        out.sql += (out.columns.empty() ? "SELECT " : ", ") + field.sql + " AS c" +
                   std::to_string(out.columns.size());
        out.columns.push_back({field.label, field.type});
      }
      out.sql += " FROM " + text.sql;
      return out;
    }
  }
}

QueryText Translator::values(const QueryBody& body, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  std::vector<std::vector<Typed>> rows;
  std::vector<Type> types;
  for (const ExprPtr& row : body.rows) {
    std::vector<Typed>& fields = rows.emplace_back();
    if (row->kind == ExprKind::kRow) {
      for (const ExprPtr& field : row->children) fields.push_back(expression(*field, scope));
    } else {
      fields.push_back(expression(*row, scope));
    }
    if (error_) return {};
    types.resize(rows.front().size());
    if (fields.size() != types.size()) {
      fail(sql_error("TYPE_MISMATCH", row->at,
                     "Values rows have mismatched sizes: " + std::to_string(types.size()) + " vs " +
                         std::to_string(fields.size())));
      return {};
    }
    for (size_t i = 0; i < fields.size(); ++i) {
      const std::optional<Type> common = common_type(types[i], fields[i].type);
      if (!common) {
        fail(sql_error("TYPE_MISMATCH", row->at,
                       "Values rows have mismatched types: " + trino_name(types[i]) + " vs " +
                           trino_name(fields[i].type)));
        return {};
      }
      types[i] = *common;
    }
  }
  QueryText out;
  for (const auto& row : rows) {
    out.sql += out.sql.empty() ? "SELECT * FROM (VALUES (" : ", (";
    for (size_t i = 0; i < row.size(); ++i) {
      out.sql += (i ? ", " : "") + coerce(row[i], types[i]).sql;
    }
    out.sql += ")";
  }
  for (size_t i = 0; i < types.size(); ++i) {
    out.columns.push_back({"_col" + std::to_string(i), types[i]});
  }
  out.sql += ") AS " + fresh('v') + "(" + column_list(types.size()) + ")";
  return out;
}

std::string Translator::cast_columns(const QueryText& text, const std::vector<Type>& types) {
  std::string list;
  bool same = true;
  for (size_t i = 0; i < types.size(); ++i) {
    const std::string column = "c" + std::to_string(i);
    const std::string sql = coerce(Typed{text.columns[i].type, column}, types[i]).sql;
    same = same && sql == column;
    list += (i ? ", " : "") + (sql == column ? column : sql + " AS " + column);
  }
  if (same) return text.sql;
  return "SELECT " + list + " FROM (" + text.sql + ") AS " + fresh('r');
}

QueryText Translator::set_operation(const QueryBody& body, const Scope* outer) {
  QueryText left = this->body(*body.left, outer, nullptr);
  QueryText right = this->body(*body.right, outer, nullptr);
  if (error_) return {};
  if (left.columns.size() != right.columns.size()) {
    fail(sql_error("TYPE_MISMATCH", body.at,
                   body.operation + " query has different number of fields: " +
                       std::to_string(left.columns.size()) + ", " +
                       std::to_string(right.columns.size())));
    return {};
  }
  std::vector<Type> types;
  for (size_t i = 0; i < left.columns.size(); ++i) {
    const Type& a = left.columns[i].type;
    const Type& b = right.columns[i].type;
    const std::optional<Type> common = common_type(a, b);
    if (!common) {
      fail(sql_error("TYPE_MISMATCH", body.at,
                     "column " + std::to_string(i + 1) + " in " + body.operation +
                         " query has incompatible types: " + trino_name(a) + ", " + trino_name(b)));
      return {};
    }
    types.push_back(*common);
  }
  QueryText out;
  out.sql = "(" + cast_columns(left, types) + ") " + body.operation + (body.all ? " ALL (" : " (") +
            cast_columns(right, types) + ")";
  out.columns = left.columns;
  for (size_t i = 0; i < types.size(); ++i) out.columns[i].type = types[i];
  return out;
}

// ORDER BY over something that is no SELECT: only its columns can be named.
QueryText Translator::ordered(QueryText text, const std::vector<SortItem>& order_by,
                              const Scope* outer) {
  const std::string alias = fresh('r');
  Scope scope;
  scope.outer = outer;
  SelectPart part;
  for (size_t i = 0; i < text.columns.size(); ++i) {
    Field field;
    field.name = lower_case(text.columns[i].name);
    field.type = text.columns[i].type;
    field.sql = alias + ".c" + std::to_string(i);
    part.items.push_back(Typed{field.type, field.sql});
    part.aliases.emplace_back();
    scope.fields.push_back(std::move(field));
  }
  const std::string order = order_text(order_by, nullptr, scope, part, false);
  text.sql = "SELECT * FROM (" + text.sql + ") AS " + alias + order;
  return text;
}

std::string Translator::count_text(const Expr& count) {
  Scope nothing;
  const Typed value = expression(count, nothing);
  if (!error_ && (!value.constant || !value.type.is_integer())) {
    fail(sql_error("TYPE_MISMATCH", count.at, "Non constant parameter value"));
  }
  return value.constant.value_or("0");
}

std::string Translator::limits(const Query& query) {
  std::string out;
  if (query.limit) out += " LIMIT " + count_text(*query.limit);
  if (query.offset) out += " OFFSET " + count_text(*query.offset);
  return out;
}

RelationText Translator::view(const Relation& relation, const CatalogTable& table) {
  if (++depth_ > kViewDepthMax) {
    fail(sql_error("VIEW_IS_RECURSIVE", relation.at, "Statement has a view that is recursive"));
    return {};
  }
  Result<QueryPtr> parsed = parse_view(table);
  if (!parsed) {
    fail(sql_error("INVALID_VIEW", relation.at,
                   "Failed parsing stored view '" + session_.catalog + "." + table.database + "." +
                       table.name + "': " + parsed.error().message));
    return {};
  }
  // A view sees its own database and nothing of the query around it.
  const std::string database = std::exchange(session_.database, table.database);
  std::vector<CommonTableText> around;
  around.swap(common_tables_);
  const int in_aggregate = std::exchange(in_aggregate_, 0);
  QueryText text = query(**parsed, nullptr);
  in_aggregate_ = in_aggregate;
  around.swap(common_tables_);
  session_.database = database;
  --depth_;
  return from_query(std::move(text), relation, table.name);
}

Result<Translation> translate(const Query& query, const Catalog& catalog, const Session& session,
                              const std::vector<ExprPtr>& parameters) {
  return Translator(catalog, session, parameters).run(query);
}

std::string scan_mark(size_t scan) { return "\x01" + std::to_string(scan) + "\x02"; }

std::string fill_scans(std::string_view sql, const std::vector<std::string>& texts) {
  std::string out;
  for (size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '\x01') {
      out += sql[i];
      continue;
    }
    const size_t end = sql.find('\x02', i);
    CHECK(end != std::string_view::npos);
    out += texts[std::stoul(std::string(sql.substr(i + 1, end - i - 1)))];
    i = end;
  }
  return out;
}

}  // namespace tidemill::athena_sql
