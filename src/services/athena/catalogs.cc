#include "services/athena/catalogs.h"

namespace tidemill::athena {

namespace {

std::vector<Column> columns_of(const std::vector<glue::Column>& columns) {
  std::vector<Column> out;
  for (const glue::Column& column : columns) {
    Column& one = out.emplace_back();
    one.Name = column.Name;
    one.Type = column.Type;
    one.Comment = column.Comment;
  }
  return out;
}

}  // namespace

Status require_catalog(const std::string& name) {
  if (glue::folded(name) == "awsdatacatalog") return ok();
  return errors::InvalidRequestException("Data catalog " + name + " was not found");
}

Database database_of(const glue::Database& database) {
  Database out;
  out.Name = database.Name;
  out.Description = database.Description;
  out.Parameters = database.Parameters;
  return out;
}

TableMetadata metadata_of(const glue::Table& table) {
  TableMetadata out;
  out.Name = table.Name;
  out.CreateTime = table.CreateTime;
  out.LastAccessTime = table.LastAccessTime;
  out.TableType = table.TableType;
  out.Parameters = table.Parameters;
  if (!out.Parameters) out.Parameters.emplace();
  auto& parameters = *out.Parameters;
  out.Columns.emplace();
  if (table.StorageDescriptor) {
    const glue::StorageDescriptor& storage = *table.StorageDescriptor;
    if (storage.Columns) out.Columns = columns_of(*storage.Columns);
    if (storage.Location) parameters["location"] = *storage.Location;
    if (storage.InputFormat) parameters["inputformat"] = *storage.InputFormat;
    if (storage.OutputFormat) parameters["outputformat"] = *storage.OutputFormat;
    if (storage.SerdeInfo && storage.SerdeInfo->SerializationLibrary) {
      parameters["serde.serialization.lib"] = *storage.SerdeInfo->SerializationLibrary;
    }
  }
  out.PartitionKeys =
      table.PartitionKeys ? columns_of(*table.PartitionKeys) : std::vector<Column>();
  return out;
}

}  // namespace tidemill::athena
