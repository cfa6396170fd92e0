#include "flow/firehose/convert.h"

#include <fmt/format.h>

namespace tidemill::flow::firehose {

namespace {

using tidemill::firehose::DataFormatConversionConfiguration;

columnar::Compression compression_of(const std::string& name) {
  if (name == "GZIP") return columnar::Compression::kGzip;
  if (name == "UNCOMPRESSED") return columnar::Compression::kUncompressed;
  return columnar::Compression::kSnappy;
}

columnar::JsonReading reading_of(const tidemill::firehose::Deserializer& deserializer) {
  columnar::JsonReading reading;
  if (deserializer.OpenXJsonSerDe) {
    const auto& serde = *deserializer.OpenXJsonSerDe;
    reading.case_insensitive = serde.CaseInsensitive.value_or(true);
    reading.dots_to_underscores = serde.ConvertDotsInJsonKeysToUnderscores.value_or(false);
    if (serde.ColumnToJsonKeyMappings) reading.key_names = *serde.ColumnToJsonKeyMappings;
  }
  return reading;
}

std::vector<columnar::HiveColumn> columns_of(const Document& answer) {
  std::vector<columnar::HiveColumn> columns;
  const Document* table = answer.find("Table");
  const Document* storage = table == nullptr ? nullptr : table->find("StorageDescriptor");
  const Document* listed = storage == nullptr ? nullptr : storage->find("Columns");
  if (listed == nullptr || !listed->is_array()) return columns;
  for (const Document& column : listed->as_array()) {
    columns.push_back({std::string(column.text("Name")), std::string(column.text("Type"))});
  }
  return columns;
}

}  // namespace

Task<Result<Conversion>> find_conversion(Environment& environment, Scope scope,
                                         DataFormatConversionConfiguration configuration) {
  const auto& schema = *configuration.SchemaConfiguration;
  Conversion conversion;
  conversion.schema = {*schema.DatabaseName, *schema.TableName,
                       schema.Region.value_or(scope.region), schema.VersionId.value_or("LATEST")};
  Document input;
  input.set("DatabaseName", conversion.schema.database);
  input.set("Name", conversion.schema.table);
  Caller caller;
  caller.scope = Scope{scope.account, conversion.schema.region};
  auto asking =
      environment.operations.call("glue", "GetTable", std::move(caller), std::move(input));
  Result<Document> answer = co_await std::move(asking);
  if (!answer) co_return std::move(answer).error();
  conversion.options.columns = columns_of(*answer);
  if (conversion.options.columns.empty()) {
    co_return errors::InvalidArgumentException(fmt::format(
        "The table {}.{} has no columns.", conversion.schema.database, conversion.schema.table));
  }
  conversion.options.reading = reading_of(*configuration.InputFormatConfiguration->Deserializer);
  const auto& parquet = *configuration.OutputFormatConfiguration->Serializer->ParquetSerDe;
  conversion.options.compression = compression_of(parquet.Compression.value_or("SNAPPY"));
  co_return std::move(conversion);
}

Result<columnar::ParquetFile> converted(columnar::Engine& engine, const Conversion& conversion,
                                        const PartitionBuffer& partition) {
  std::vector<std::string_view> records;
  records.reserve(partition.records.size());
  for (const BufferedRecord& record : partition.records) records.push_back(record.bytes);
  return columnar::to_parquet(engine, records, conversion.options);
}

}  // namespace tidemill::flow::firehose
