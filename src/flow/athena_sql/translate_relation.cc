// FROM: tables of the catalog, views, information_schema, subqueries, UNNEST and joins.
#include <algorithm>

#include "flow/athena_sql/statement.h"
#include "flow/athena_sql/translator.h"

namespace tidemill::athena_sql {

namespace {

constexpr const char* kHiddenColumns[] = {"$path", "$file_size", "$file_modified_time"};

std::string label_of(const Relation& relation, const std::string& otherwise) {
  return lower_case(relation.alias ? relation.alias->text : otherwise);
}

}  // namespace

Result<QueryPtr> Translator::parse_view(const CatalogTable& table) {
  return parse_query(*table.view_sql);
}

RelationText Translator::relation(const Relation& relation, const Scope* outer) {
  if (error_) return {};
  RelationText out;
  switch (relation.kind) {
    case RelationKind::kTable:
      out = table(relation);
      break;
    case RelationKind::kSubquery:
      out = subquery(relation, outer);
      break;
    case RelationKind::kUnnest:
      out = unnest(relation, outer);
      break;
    case RelationKind::kJoin:
      out = join(relation, outer);
      break;
  }
  if (!error_ && !relation.sample.empty()) out.sql += sample(relation);
  return out;
}

std::string Translator::sample(const Relation& relation) {
  Scope nothing;
  const Typed percent = expression(*relation.sample_percent, nothing);
  if (relation.sample != "BERNOULLI" || !percent.constant || relation.kind == RelationKind::kJoin) {
    fail(not_supported(relation.at, "TABLESAMPLE other than BERNOULLI with a literal"));
    return "";
  }
  return " TABLESAMPLE BERNOULLI(" + *percent.constant + " PERCENT)";
}

RelationText Translator::table(const Relation& relation) {
  const std::vector<Name>& name = relation.name;
  const std::string last = lower_case(name.back().text);
  if (name.size() == 1) {
    for (auto found = common_tables_.rbegin(); found != common_tables_.rend(); ++found) {
      if (found->name != last) continue;
      QueryText text;
      text.columns = found->columns;
      RelationText out = from_query(std::move(text), relation, last);
      const std::string alias = out.sql;
      out.sql = found->alias + " AS " + alias;
      return out;
    }
  }
  if (name.size() > 3) {
    fail(syntax_error(relation.at, "Too many dots in table name"));
    return {};
  }
  const std::string database =
      name.size() > 1 ? lower_case(name[name.size() - 2].text) : session_.database;
  const std::string catalog = name.size() > 2 ? lower_case(name[0].text) : session_.catalog;
  if (catalog != session_.catalog) {
    fail(sql_error("CATALOG_NOT_FOUND", relation.at, "Catalog '" + catalog + "' does not exist"));
    return {};
  }
  if (database == "information_schema") return information_schema(relation, last);
  if (!catalog_.has_database(database)) {
    fail(sql_error("SCHEMA_NOT_FOUND", relation.at, "Schema '" + database + "' does not exist"));
    return {};
  }
  const std::optional<CatalogTable> found = catalog_.find_table(database, last);
  if (!found) {
    fail(sql_error("TABLE_NOT_FOUND", relation.at,
                   "Table '" + catalog + "." + database + "." + last + "' does not exist"));
    return {};
  }
  return found->view_sql ? view(relation, *found) : catalog_table(relation, *found);
}

RelationText Translator::catalog_table(const Relation& relation, const CatalogTable& table) {
  RelationText out;
  const std::string alias = fresh('r');
  const int scan = static_cast<int>(scans_.size());
  const auto add = [&](const std::string& name, Type type, bool hidden) {
    Field field;
    field.database = relation.alias ? "" : table.database;
    field.relation = label_of(relation, table.name);
    field.name = lower_case(name);
    field.label = field.name;
    field.type = std::move(type);
    field.sql = alias + "." + quote_identifier(field.name);
    field.scan = scan;
    field.hidden = hidden;
    out.fields.push_back(std::move(field));
  };
  for (const auto* columns : {&table.columns, &table.partition_columns}) {
    for (const CatalogColumn& column : *columns) {
      const std::optional<Type> type = parse_hive_type(column.hive_type);
      if (!type) {
        fail(sql_error("HIVE_INVALID_METADATA", relation.at,
                       "Glue table '" + table.database + "." + table.name + "' column '" +
                           column.name + "' has an invalid type: " + column.hive_type));
        return {};
      }
      add(column.name, *type, false);
    }
  }
  add(kHiddenColumns[0], varchar(), true);
  Scan entry;
  entry.table = table;
  scans_.push_back(std::move(entry));
  out.sql = "(" + scan_mark(static_cast<size_t>(scan)) + ") AS " + alias;
  rename(out, relation);
  return out;
}

void Translator::rename(RelationText& text, const Relation& relation) {
  if (relation.columns.empty() || error_) return;
  std::vector<Field*> visible;
  for (Field& field : text.fields) {
    if (!field.hidden) visible.push_back(&field);
  }
  if (visible.size() != relation.columns.size()) {
    return fail(sql_error("MISMATCHED_COLUMN_ALIASES", relation.at,
                          "Column alias list has " + std::to_string(relation.columns.size()) +
                              " entries but '" + relation.alias->text + "' has " +
                              std::to_string(visible.size()) + " columns available"));
  }
  for (size_t i = 0; i < visible.size(); ++i) {
    // A scan is told the catalog's names, so a renamed column is used from here on.
    if (visible[i]->scan >= 0) {
      scans_[static_cast<size_t>(visible[i]->scan)].columns.insert(visible[i]->name);
      visible[i]->scan = -1;
    }
    visible[i]->label = relation.columns[i].text;
    visible[i]->name = lower_case(relation.columns[i].text);
  }
}

// Gives the columns c0, c1 ... of a query to a scope. When the query has no text, only the alias
// is answered.
RelationText Translator::from_query(QueryText text, const Relation& relation, std::string name) {
  RelationText out;
  const std::string alias = fresh('r');
  for (size_t i = 0; i < text.columns.size(); ++i) {
    Field field;
    field.relation = label_of(relation, name);
    field.label = text.columns[i].name;
    field.name = lower_case(field.label);
    field.type = text.columns[i].type;
    field.sql = alias + ".c" + std::to_string(i);
    out.fields.push_back(std::move(field));
  }
  rename(out, relation);
  out.sql = text.sql.empty() ? alias : "(" + text.sql + ") AS " + alias;
  return out;
}

RelationText Translator::subquery(const Relation& relation, const Scope* outer) {
  QueryText text = query(*relation.query, outer);
  if (error_) return {};
  RelationText out = from_query(std::move(text), relation, "");
  if (relation.lateral) out.sql = "LATERAL " + out.sql;
  return out;
}

RelationText Translator::unnest(const Relation& relation, const Scope* outer) {
  Scope scope;
  scope.outer = outer;
  std::string inner;  // SELECT unnest(..) AS u0, ..
  std::string lists;  // for the ordinality
  std::string columns;
  QueryText text;
  size_t unnested = 0;
  const auto add = [&](const std::string& sql, const std::string& name, const Type& type) {
    columns += (columns.empty() ? "" : ", ") + sql + " AS c" + std::to_string(text.columns.size());
    text.columns.push_back({name, type});
  };
  const auto list = [&](const std::string& sql) {
    inner += (inner.empty() ? "unnest(" : ", unnest(") + sql + ") AS u" + std::to_string(unnested);
    lists += ", len(" + sql + ")";
    return "u" + std::to_string(unnested++);
  };
  for (const ExprPtr& array : relation.arrays) {
    const Typed value = expression(*array, scope);
    if (error_) return {};
    if (value.type.is(TypeKind::kMap)) {
      add(list("map_keys(" + value.sql + ")"), "", value.type.arguments[0]);
      add(list("map_values(" + value.sql + ")"), "", value.type.arguments[1]);
    } else if (!value.type.is(TypeKind::kArray)) {
      fail(sql_error("INVALID_FUNCTION_ARGUMENT", array->at,
                     "Cannot unnest type: " + trino_name(value.type)));
      return {};
    } else if (const Type& element = value.type.arguments[0]; element.is(TypeKind::kRow)) {
      const std::string item = list(value.sql);
      for (size_t i = 0; i < element.arguments.size(); ++i) {
        add("struct_extract(" + item + ", " + quote_text(row_field(element, i)) + ")",
            i < element.names.size() ? element.names[i] : "", element.arguments[i]);
      }
    } else {
      add(list(value.sql), "", element);
    }
  }
  if (relation.with_ordinality) {
    inner += ", unnest(range(1, 1 + greatest(0" + lists + "))) AS n";
    add("n", "", simple(TypeKind::kBigint));
  }
  text.sql = "SELECT " + columns + " FROM (SELECT " + inner + ") AS " + fresh('u');
  RelationText out = from_query(std::move(text), relation, "");
  out.sql = "LATERAL " + out.sql;
  return out;
}

RelationText Translator::join(const Relation& relation, const Scope* outer) {
  RelationText left = this->relation(*relation.left, outer);
  if (error_) return {};
  Scope scope;
  scope.outer = outer;
  scope.fields = left.fields;
  const Relation& other = *relation.right;
  const bool lateral = other.kind == RelationKind::kUnnest || other.lateral;
  RelationText right = this->relation(other, lateral ? &scope : outer);
  if (error_) return {};
  if (lateral && (relation.join == "RIGHT" || relation.join == "FULL")) {
    fail(not_supported(relation.at, relation.join + " JOIN of a lateral relation"));
    return {};
  }
  const size_t left_count = left.fields.size();
  RelationText out;
  out.fields = std::move(left.fields);
  for (Field& field : right.fields) out.fields.push_back(std::move(field));
  scope.fields = out.fields;
  const bool cross = relation.join == "CROSS" || relation.join == "IMPLICIT";
  const std::string word = cross ? "CROSS" : relation.join;
  const bool nested = other.kind == RelationKind::kJoin;
  out.sql = left.sql + " " + word + " JOIN " + (nested ? "(" + right.sql + ")" : right.sql);
  if (!cross) out.sql += " ON " + join_condition(relation, scope, left_count, out.fields);
  return out;
}

std::string Translator::join_condition(const Relation& relation, const Scope& scope,
                                       size_t left_count, std::vector<Field>& fields) {
  if (relation.on) {
    const Typed condition = expression(*relation.on, scope);
    if (!error_ && !condition.type.is(TypeKind::kBoolean)) {
      fail(sql_error(
          "TYPE_MISMATCH", relation.on->at,
          "JOIN ON clause must evaluate to a boolean: actual type " + trino_name(condition.type)));
    }
    return condition.sql;
  }
  std::string out;
  std::vector<Field> merged;
  for (const Name& name : relation.using_columns) {
    const std::string column = lower_case(name.text);
    Field* sides[2] = {nullptr, nullptr};
    for (size_t i = 0; i < fields.size(); ++i) {
      Field*& side = sides[i < left_count ? 0 : 1];
      if (fields[i].name == column && !fields[i].qualified_only && !side) side = &fields[i];
    }
    if (!sides[0] || !sides[1]) {
      fail(sql_error("COLUMN_NOT_FOUND", name.at,
                     "Column '" + name.text + "' is missing from " + (sides[0] ? "right" : "left") +
                         " side of join"));
      return "";
    }
    Typed left = field_value(*sides[0], scope, scope, name.at);
    Typed right = field_value(*sides[1], scope, scope, name.at);
    const Typed equal = comparison("=", name.at, left, right);
    if (error_) return "";
    out += (out.empty() ? "" : " AND ") + equal.sql;
    const Type type = *common_type(left.type, right.type);
    left = coerce(left, type);
    right = coerce(right, type);
    Field both;
    both.name = column;
    both.label = sides[0]->label;
    both.type = type;
    both.sql = relation.join == "FULL"    ? "COALESCE(" + left.sql + ", " + right.sql + ")"
               : relation.join == "RIGHT" ? right.sql
                                          : left.sql;
    merged.push_back(std::move(both));
    sides[0]->qualified_only = sides[1]->qualified_only = true;
  }
  fields.insert(fields.begin(), merged.begin(), merged.end());
  return "(" + out + ")";
}

RelationText Translator::information_schema(const Relation& relation, const std::string& table) {
  QueryText text;
  std::string rows;
  const auto row = [&](const std::vector<std::string>& cells) {
    rows += rows.empty() ? "(" : ", (";
    for (size_t i = 0; i < cells.size(); ++i) rows += (i ? ", " : "") + cells[i];
    rows += ")";
  };
  const std::string catalog = quote_text(session_.catalog);
  const auto columns = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) text.columns.push_back({name, varchar()});
  };
  if (table == "schemata") {
    columns({"catalog_name", "schema_name"});
    for (const std::string& database : catalog_.databases()) row({catalog, quote_text(database)});
  } else if (table == "tables" || table == "views" || table == "columns") {
    information_rows(table, columns, row);
    if (table == "columns") text.columns[4].type = simple(TypeKind::kBigint);
  } else {
    fail(sql_error(
        "TABLE_NOT_FOUND", relation.at,
        "Table '" + session_.catalog + ".information_schema." + table + "' does not exist"));
    return {};
  }
  std::string names;
  std::string nulls;
  for (size_t i = 0; i < text.columns.size(); ++i) {
    names += (i ? ", c" : "c") + std::to_string(i);
    nulls += (i ? ", CAST(NULL AS " : "CAST(NULL AS ") + engine_name(text.columns[i].type) + ")";
  }
  // The row of NULLs gives the types; it is left out.
  text.sql = "SELECT * FROM (VALUES " + (rows.empty() ? "" : rows + ", ") + "(" + nulls + ")) AS " +
             fresh('v') + "(" + names + ") WHERE c0 IS NOT NULL";
  return from_query(std::move(text), relation, table);
}

void Translator::information_rows(const std::string& table, const InformationColumns& columns,
                                  const InformationRow& row) {
  const std::string catalog = quote_text(session_.catalog);
  if (table == "tables") columns({"table_catalog", "table_schema", "table_name", "table_type"});
  if (table == "views") {
    columns({"table_catalog", "table_schema", "table_name", "view_definition"});
  }
  if (table == "columns") {
    columns({"table_catalog", "table_schema", "table_name", "column_name", "ordinal_position",
             "column_default", "is_nullable", "data_type", "comment", "extra_info"});
  }
  for (const std::string& database : catalog_.databases()) {
    for (const std::string& name : catalog_.tables(database)) {
      const std::optional<CatalogTable> found = catalog_.find_table(database, name);
      if (!found) continue;
      const std::vector<std::string> head = {catalog, quote_text(database), quote_text(name)};
      const auto with = [&](std::vector<std::string> rest) {
        rest.insert(rest.begin(), head.begin(), head.end());
        row(rest);
      };
      if (table == "tables") {
        with({found->view_sql ? "'VIEW'" : "'BASE TABLE'"});
      } else if (table == "views") {
        if (found->view_sql) with({quote_text(*found->view_sql)});
      } else {
        size_t place = 0;
        for (const auto* part : {&found->columns, &found->partition_columns}) {
          for (const CatalogColumn& column : *part) {
            const std::optional<Type> type = parse_hive_type(column.hive_type);
            const bool key = part == &found->partition_columns;
            with({quote_text(column.name), std::to_string(++place) + "::BIGINT", "NULL", "'YES'",
                  quote_text(type ? trino_name(*type) : column.hive_type),
                  column.comment.empty() ? "NULL" : quote_text(column.comment),
                  key ? "'partition key'" : "NULL"});
          }
        }
      }
    }
  }
}

}  // namespace tidemill::athena_sql
