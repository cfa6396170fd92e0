#include "flow/athena/glue_catalog.h"

#include "wire/json.h"

namespace tidemill::flow::athena {

namespace {

constexpr std::string_view kViewBegin = "/* Presto View: ";
constexpr std::string_view kViewEnd = " */";

std::vector<athena_sql::CatalogColumn> columns_of(const std::vector<glue::Column>& columns) {
  std::vector<athena_sql::CatalogColumn> out;
  for (const glue::Column& column : columns) {
    out.push_back({athena_sql::lower_case(column.Name), column.Type.value_or("string"),
                   column.Comment.value_or("")});
  }
  return out;
}

}  // namespace

bool GlueCatalog::has_database(std::string_view database) const {
  return glue::find_database(view_, scope_, database).has_value();
}

std::vector<std::string> GlueCatalog::databases() const {
  std::vector<std::string> out;
  for (const glue::Database& database : glue::databases_of(view_, scope_)) {
    out.push_back(database.Name);
  }
  return out;
}

std::vector<std::string> GlueCatalog::tables(std::string_view database) const {
  std::vector<std::string> out;
  for (const glue::Table& table : glue::tables_of(view_, scope_, database)) {
    out.push_back(table.Name);
  }
  return out;
}

std::optional<athena_sql::CatalogTable> GlueCatalog::find_table(std::string_view database,
                                                                std::string_view table) const {
  const auto found = glue::find_table(view_, scope_, database, table);
  if (!found) return std::nullopt;
  athena_sql::CatalogTable out = catalog_table(*found);
  out.database = std::string(database);
  return out;
}

athena_sql::CatalogTable catalog_table(const glue::Table& table) {
  athena_sql::CatalogTable out;
  out.database = table.DatabaseName.value_or("");
  out.name = table.Name;
  if (table.Parameters) out.parameters = *table.Parameters;
  if (table.PartitionKeys) out.partition_columns = columns_of(*table.PartitionKeys);
  if (table.TableType.value_or("") == "VIRTUAL_VIEW") {
    out.view_sql = presto_view_sql(table.ViewOriginalText.value_or("")).value_or("");
  }
  if (!table.StorageDescriptor) return out;
  const glue::StorageDescriptor& storage = *table.StorageDescriptor;
  if (storage.Columns) out.columns = columns_of(*storage.Columns);
  out.location = storage.Location.value_or("");
  out.input_format = storage.InputFormat.value_or("");
  if (storage.SerdeInfo) {
    out.serde = storage.SerdeInfo->SerializationLibrary.value_or("");
    if (storage.SerdeInfo->Parameters) out.serde_parameters = *storage.SerdeInfo->Parameters;
  }
  return out;
}

std::string presto_view_text(const std::string& sql, const std::string& catalog,
                             const std::string& database,
                             const std::vector<std::pair<std::string, std::string>>& columns) {
  Document view = Document::object();
  view.set("originalSql", sql);
  view.set("catalog", catalog);
  view.set("schema", database);
  Document list = Document::array();
  for (const auto& [name, type] : columns) {
    Document column = Document::object();
    column.set("name", name);
    column.set("type", type);
    list.push(std::move(column));
  }
  view.set("columns", std::move(list));
  return std::string(kViewBegin) + base64_encode(to_json(view)) + std::string(kViewEnd);
}

std::optional<std::string> presto_view_sql(std::string_view text) {
  if (!text.starts_with(kViewBegin) || !text.ends_with(kViewEnd)) return std::nullopt;
  text.remove_prefix(kViewBegin.size());
  text.remove_suffix(kViewEnd.size());
  const auto bytes = base64_decode(text);
  if (!bytes) return std::nullopt;
  const auto view = parse_json(*bytes);
  if (!view) return std::nullopt;
  return std::string(view->text("originalSql"));
}

}  // namespace tidemill::flow::athena
