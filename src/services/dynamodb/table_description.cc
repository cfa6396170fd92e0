#include "services/dynamodb/table_description.h"

#include "services/dynamodb/items.h"
#include "services/dynamodb/stream_records.h"

namespace tidemill::dynamodb {
namespace {

std::vector<KeySchemaElement> key_schema(const KeySchema& keys) {
  std::vector<KeySchemaElement> out;
  out.push_back({keys.partition.name, "HASH"});
  if (keys.sort) out.push_back({keys.sort->name, "RANGE"});
  return out;
}

ProvisionedThroughputDescription throughput(const Throughput& units) {
  ProvisionedThroughputDescription out;
  out.NumberOfDecreasesToday = 0;
  out.ReadCapacityUnits = units.read_units;
  out.WriteCapacityUnits = units.write_units;
  return out;
}

Projection projection(const IndexDefinition& index) {
  Projection out;
  out.ProjectionType = index.projection_type;
  if (!index.non_key_attributes.empty()) out.NonKeyAttributes = index.non_key_attributes;
  return out;
}

GlobalSecondaryIndexDescription global_index(const kv::View& view, const std::string& arn,
                                             const IndexDefinition& index,
                                             const std::string& status) {
  const Counters counters = counters_of(view, index.id);
  GlobalSecondaryIndexDescription out;
  out.IndexName = index.name;
  out.KeySchema = key_schema(index.keys);
  out.Projection = projection(index);
  out.IndexStatus = status == "CREATING" ? "CREATING" : "ACTIVE";
  out.ProvisionedThroughput = throughput(index.throughput);
  out.IndexSizeBytes = counters.bytes;
  out.ItemCount = counters.items;
  out.IndexArn = arn + "/index/" + index.name;
  return out;
}

LocalSecondaryIndexDescription local_index(const kv::View& view, const std::string& arn,
                                           const IndexDefinition& index) {
  const Counters counters = counters_of(view, index.id);
  LocalSecondaryIndexDescription out;
  out.IndexName = index.name;
  out.KeySchema = key_schema(index.keys);
  out.Projection = projection(index);
  out.IndexSizeBytes = counters.bytes;
  out.ItemCount = counters.items;
  out.IndexArn = arn + "/index/" + index.name;
  return out;
}

void describe_indexes(const kv::View& view, const TableDefinition& table, const std::string& status,
                      TableDescription& out) {
  for (const IndexDefinition& index : table.indexes) {
    if (index.is_global) {
      if (!out.GlobalSecondaryIndexes) out.GlobalSecondaryIndexes.emplace();
      out.GlobalSecondaryIndexes->push_back(global_index(view, *out.TableArn, index, status));
    } else {
      if (!out.LocalSecondaryIndexes) out.LocalSecondaryIndexes.emplace();
      out.LocalSecondaryIndexes->push_back(local_index(view, *out.TableArn, index));
    }
  }
}

void describe_settings(const Scope& scope, const TableDefinition& table, TableDescription& out) {
  if (table.is_on_demand() || table.on_demand_since) {
    out.BillingModeSummary.emplace();
    out.BillingModeSummary->BillingMode = table.billing_mode;
    out.BillingModeSummary->LastUpdateToPayPerRequestDateTime = table.on_demand_since;
  }
  if (table.stream) {
    out.StreamSpecification.emplace();
    out.StreamSpecification->StreamEnabled = true;
    out.StreamSpecification->StreamViewType = table.stream->view_type;
  }
  if (!table.latest_stream_label.empty()) {
    out.LatestStreamLabel = table.latest_stream_label;
    out.LatestStreamArn = stream_arn(scope, table.name, table.latest_stream_label);
  }
  if (!table.table_class.empty()) {
    out.TableClassSummary.emplace();
    out.TableClassSummary->TableClass = table.table_class;
  }
  if (table.encryption) {
    out.SSEDescription.emplace();
    out.SSEDescription->Status = "ENABLED";
    out.SSEDescription->SSEType = table.encryption->type;
    out.SSEDescription->KMSMasterKeyArn = table.encryption->key_arn;
  }
}

}  // namespace

TableDescription describe_table(const kv::View& view, const Scope& scope,
                                const TableDefinition& table, const std::string& status) {
  TableDescription out;
  out.AttributeDefinitions.emplace();
  for (const KeyAttribute& attribute : table.attributes) {
    out.AttributeDefinitions->push_back({attribute.name, attribute.type});
  }
  const Counters counters = counters_of(view, table.id);
  out.TableName = table.name;
  out.KeySchema = key_schema(table.keys);
  out.TableStatus = status;
  out.CreationDateTime = table.created_at;
  out.ProvisionedThroughput = throughput(table.throughput);
  out.TableSizeBytes = counters.bytes;
  out.ItemCount = counters.items;
  out.TableArn = table_arn(scope, table.name);
  out.TableId = table.uuid;
  out.DeletionProtectionEnabled = table.deletion_protection;
  describe_indexes(view, table, status, out);
  describe_settings(scope, table, out);
  return out;
}

}  // namespace tidemill::dynamodb
