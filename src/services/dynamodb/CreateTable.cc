// CreateTable: the table, its indexes and its stream exist with this command; the answer says
// CREATING, as on AWS, and the next DescribeTable ACTIVE.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
#include "shapes/dynamodb/CreateTable.h"

#include "services/call/operation.h"
#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/table_description.h"
#include "services/dynamodb/table_rules.h"

namespace tidemill::dynamodb {
namespace {

Status add_indexes(const CreateTableInput& input, TableDefinition& table) {
  if (input.LocalSecondaryIndexes) {
    if (input.LocalSecondaryIndexes->empty()) {
      return errors::ValidationException(
          "One or more parameter values were invalid: List of LocalSecondaryIndexes is empty");
    }
    for (const LocalSecondaryIndex& wanted : *input.LocalSecondaryIndexes) {
      auto index = index_from({wanted.IndexName, false, wanted.KeySchema, wanted.Projection},
                              table.attributes);
      if (!index) return std::move(index).error();
      table.indexes.push_back(*std::move(index));
    }
  }
  if (!input.GlobalSecondaryIndexes) return ok();
  if (input.GlobalSecondaryIndexes->empty()) {
    return errors::ValidationException(
        "One or more parameter values were invalid: List of GlobalSecondaryIndexes is empty");
  }
  for (const GlobalSecondaryIndex& wanted : *input.GlobalSecondaryIndexes) {
    auto index =
        index_from({wanted.IndexName, true, wanted.KeySchema, wanted.Projection}, table.attributes);
    if (!index) return std::move(index).error();
    auto throughput = throughput_from(wanted.ProvisionedThroughput, table.billing_mode,
                                      "index: " + wanted.IndexName);
    if (!throughput) return std::move(throughput).error();
    index->throughput = *throughput;
    table.indexes.push_back(*std::move(index));
  }
  return ok();
}

Result<TableDefinition> definition_from(const CreateTableInput& input, const Scope& scope) {
  if (input.OnDemandThroughput) {
    return errors::NotImplemented("CreateTable: OnDemandThroughput is not supported");
  }
  TableDefinition table;
  table.name = table_name_of(input.TableName);
  RETURN_IF_ERROR(check_table_name(table.name));
  table.billing_mode = input.BillingMode.value_or("PROVISIONED");
  auto throughput = throughput_from(input.ProvisionedThroughput, table.billing_mode, "table");
  if (!throughput) return std::move(throughput).error();
  table.throughput = *throughput;
  auto attributes = attributes_from(input.AttributeDefinitions);
  if (!attributes) return std::move(attributes).error();
  table.attributes = *std::move(attributes);
  auto keys = keys_from(input.KeySchema, table.attributes);
  if (!keys) return std::move(keys).error();
  table.keys = *std::move(keys);
  RETURN_IF_ERROR(add_indexes(input, table));
  RETURN_IF_ERROR(check_indexes(table));
  RETURN_IF_ERROR(check_attributes_used(table));
  if (input.StreamSpecification) RETURN_IF_ERROR(check_stream(*input.StreamSpecification));
  table.deletion_protection = input.DeletionProtectionEnabled.value_or(false);
  table.table_class = input.TableClass.value_or("");
  table.encryption = encryption_from(input.SSESpecification, scope);
  if (input.Tags) {
    for (const Tag& tag : *input.Tags) table.tags.push_back({tag.Key, tag.Value});
  }
  return table;
}

}  // namespace

Result<CreateTableOutput> CreateTable(Command& command, CreateTableInput input) {
  auto table = definition_from(input, command.scope());
  if (!table) return std::move(table).error();
  if (find_table(command.tx, command.scope(), table->name)) {
    return errors::ResourceInUseException("Table already exists: " + table->name);
  }
  table->id = next_id(command.tx);
  for (IndexDefinition& index : table->indexes) index.id = next_id(command.tx);
  table->uuid = command.random().uuid();
  table->created_at = command.now;
  if (table->is_on_demand()) table->on_demand_since = command.now;
  if (input.StreamSpecification && input.StreamSpecification->StreamEnabled) {
    enable_stream(command.tx, command.scope(), *table, *input.StreamSpecification->StreamViewType,
                  command.now);
  }
  put_table(command.tx, command.scope(), *table);
  command.tx.touch(kTablesTopic);
  CreateTableOutput out;
  out.TableDescription = describe_table(command.tx, command.scope(), *table, "CREATING");
  return out;
}

OPERATION(CreateTable);

}  // namespace tidemill::dynamodb
