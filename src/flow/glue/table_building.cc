#include "flow/glue/table_building.h"

#include <algorithm>

namespace tidemill::glue {
namespace {

using columnar::Inferred;
using Parameters = std::map<std::string, std::string>;

std::vector<Column> columns_of(const std::vector<columnar::HiveColumn>& columns) {
  std::vector<Column> out;
  for (const columnar::HiveColumn& column : columns) {
    Column& one = out.emplace_back();
    one.Name = column.name;
    one.Type = column.type;
  }
  return out;
}

Parameters parameters_of(const FoundTable& table, const Counts& counts,
                         const std::string& crawler) {
  const Inferred& form = table.form;
  const uint64_t average = form.record_bytes;
  Parameters parameters = {
      {"CrawlerSchemaDeserializerVersion", "1.0"},
      {"CrawlerSchemaSerializerVersion", "1.0"},
      {"UPDATED_BY_CRAWLER", crawler},
      {"averageRecordSize", std::to_string(average)},
      {"classification", form.classification},
      {"compressionType", form.gzip ? "gzip" : "none"},
      {"objectCount", std::to_string(counts.objects)},
      {"recordCount", std::to_string(counts.records)},
      {"sizeKey", std::to_string(counts.bytes)},
      {"typeOfData", "file"},
  };
  if (!form.json_path.empty()) parameters["jsonPath"] = form.json_path;
  if (form.format == Inferred::Format::kCsv) {
    parameters["areColumnsQuoted"] = form.csv.quote ? "true" : "false";
    parameters["columnsOrdered"] = "true";
    parameters["delimiter"] = std::string(1, form.csv.delimiter);
    if (form.csv.header) parameters["skip.header.line.count"] = "1";
  }
  return parameters;
}

SerDeInfo serde_of(const Inferred& form) {
  SerDeInfo serde;
  serde.Parameters.emplace();
  Parameters& parameters = *serde.Parameters;
  if (form.format == Inferred::Format::kParquet) {
    serde.SerializationLibrary = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    parameters["serialization.format"] = "1";
  } else if (form.format == Inferred::Format::kJson) {
    serde.SerializationLibrary = "org.openx.data.jsonserde.JsonSerDe";
    std::vector<std::string> names;
    for (const columnar::HiveColumn& column : form.columns) names.push_back(column.name);
    std::sort(names.begin(), names.end());
    std::string& paths = parameters["paths"];
    for (const std::string& name : names) paths += (paths.empty() ? "" : ",") + name;
  } else if (form.csv.quote) {
    serde.SerializationLibrary = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    parameters["separatorChar"] = std::string(1, form.csv.delimiter);
    parameters["quoteChar"] = std::string(1, *form.csv.quote);
    parameters["serialization.format"] = "1";
  } else {
    serde.SerializationLibrary = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    parameters["field.delim"] = std::string(1, form.csv.delimiter);
  }
  return serde;
}

StorageDescriptor storage_of(const FoundTable& table, const std::string& location,
                             const std::vector<columnar::HiveColumn>& columns,
                             const Parameters& parameters) {
  const bool parquet = table.form.format == Inferred::Format::kParquet;
  StorageDescriptor storage;
  storage.Columns = columns_of(columns);
  storage.Location = location;
  storage.InputFormat = parquet ? "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
                                : "org.apache.hadoop.mapred.TextInputFormat";
  storage.OutputFormat = parquet ? "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
                                 : "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
  storage.Compressed = table.form.gzip;
  storage.NumberOfBuckets = -1;
  storage.SerdeInfo = serde_of(table.form);
  storage.BucketColumns.emplace();
  storage.SortColumns.emplace();
  storage.Parameters = parameters;
  storage.StoredAsSubDirectories = false;
  return storage;
}

}  // namespace

TableInput table_input(const FoundTable& table, const std::string& name,
                       const std::string& crawler) {
  TableInput input;
  input.Name = name;
  input.Owner = "owner";
  input.Retention = 0;
  input.TableType = "EXTERNAL_TABLE";
  input.Parameters = parameters_of(table, table.counts, crawler);
  input.StorageDescriptor =
      storage_of(table, table.location, table.form.columns, *input.Parameters);
  input.PartitionKeys.emplace();
  for (const std::string& key : table.keys) {
    Column& column = input.PartitionKeys->emplace_back();
    column.Name = key;
    column.Type = "string";
  }
  return input;
}

PartitionInput partition_input(const FoundTable& table, const FoundPartition& partition,
                               const std::string& crawler, bool inherit_columns) {
  PartitionInput input;
  input.Values = partition.values;
  input.Parameters = parameters_of(table, partition.counts, crawler);
  input.StorageDescriptor =
      storage_of(table, partition.location,
                 inherit_columns ? table.form.columns : partition.columns, *input.Parameters);
  return input;
}

}  // namespace tidemill::glue
