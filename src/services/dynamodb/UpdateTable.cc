// UpdateTable: settings, stream, and global secondary indexes. An index is filled from the table's
// items in the command that creates it.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
#include "shapes/dynamodb/UpdateTable.h"

#include <algorithm>

#include "services/call/operation.h"
#include "services/dynamodb/items.h"
#include "services/dynamodb/stream_records.h"
#include "services/dynamodb/table_description.h"
#include "services/dynamodb/table_rules.h"

namespace tidemill::dynamodb {
namespace {

Status check_input(const UpdateTableInput& input) {
  if (input.ReplicaUpdates) {
    return errors::NotImplemented("UpdateTable: ReplicaUpdates (global tables) are not supported");
  }
  if (input.OnDemandThroughput) {
    return errors::NotImplemented("UpdateTable: OnDemandThroughput is not supported");
  }
  const bool any = input.BillingMode || input.ProvisionedThroughput || input.TableClass ||
                   input.GlobalSecondaryIndexUpdates || input.StreamSpecification ||
                   input.SSESpecification || input.DeletionProtectionEnabled ||
                   input.AttributeDefinitions;
  if (any) return ok();
  return errors::ValidationException(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
      "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
}

Status update_throughput(const UpdateTableInput& input, TableDefinition& table, Timestamp now) {
  const bool was_on_demand = table.is_on_demand();
  table.billing_mode = input.BillingMode.value_or(table.billing_mode);
  if (table.is_on_demand() && !was_on_demand) {
    table.on_demand_since = now;
    table.throughput = {};
    for (IndexDefinition& index : table.indexes) index.throughput = {};
  }
  if (!input.ProvisionedThroughput && (table.is_on_demand() || !was_on_demand)) return ok();
  auto throughput = throughput_from(input.ProvisionedThroughput, table.billing_mode, "table");
  if (!throughput) return std::move(throughput).error();
  const auto text = [](int64_t units) { return std::to_string(units); };
  const Throughput old = table.throughput;
  if (old.read_units == throughput->read_units && old.write_units == throughput->write_units &&
      !input.BillingMode) {
    return errors::ValidationException(
        "The provisioned throughput for the table will not change. The requested value equals the "
        "current value. Current ReadCapacityUnits provisioned for the table: " +
        text(old.read_units) + ". Requested ReadCapacityUnits: " + text(throughput->read_units) +
        ". Current WriteCapacityUnits provisioned for the table: " + text(old.write_units) +
        ". Requested WriteCapacityUnits: " + text(throughput->write_units) +
        ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
        "higher limits.");
  }
  table.throughput = *throughput;
  return ok();
}

Status update_stream(Command& command, const StreamSpecification& wanted, TableDefinition& table) {
  RETURN_IF_ERROR(check_stream(wanted));
  if (wanted.StreamEnabled && table.stream) {
    return errors::ValidationException("Table already has an enabled stream: TableName: " +
                                       table.name);
  }
  if (!wanted.StreamEnabled && !table.stream) {
    return errors::ValidationException("Table already has a disabled stream: TableName: " +
                                       table.name);
  }
  if (wanted.StreamEnabled) {
    enable_stream(command.tx, command.scope(), table, *wanted.StreamViewType, command.now);
  } else {
    disable_stream(command.tx, command.scope(), table, command.now);
  }
  return ok();
}

Result<IndexDefinition*> existing_index(TableDefinition& table, const std::string& name) {
  for (IndexDefinition& index : table.indexes) {
    if (index.is_global && index.name == name) return &index;
  }
  return errors::ResourceNotFoundException("Requested resource not found");
}

Status create_index(Command& command, const CreateGlobalSecondaryIndexAction& wanted,
                    TableDefinition& table) {
  auto index =
      index_from({wanted.IndexName, true, wanted.KeySchema, wanted.Projection}, table.attributes);
  if (!index) return std::move(index).error();
  if (table.find_index(wanted.IndexName)) {
    return errors::ValidationException("Attempting to create an index which already exists: " +
                                       wanted.IndexName);
  }
  auto throughput = throughput_from(wanted.ProvisionedThroughput, table.billing_mode,
                                    "index: " + wanted.IndexName);
  if (!throughput) return std::move(throughput).error();
  index->throughput = *throughput;
  index->id = next_id(command.tx);
  fill_index(command.tx, table, *index);
  table.indexes.push_back(*std::move(index));
  return check_indexes(table);
}

Status delete_index(Command& command, const std::string& name, TableDefinition& table) {
  auto index = existing_index(table, name);
  if (!index) return std::move(index).error();
  erase_index(command.tx, (*index)->id);
  table.indexes.erase(table.indexes.begin() + (*index - table.indexes.data()));
  return ok();
}

Status update_index(const UpdateGlobalSecondaryIndexAction& wanted, TableDefinition& table) {
  auto index = existing_index(table, wanted.IndexName);
  if (!index) return std::move(index).error();
  auto throughput = throughput_from(wanted.ProvisionedThroughput, table.billing_mode,
                                    "index: " + wanted.IndexName);
  if (!throughput) return std::move(throughput).error();
  (*index)->throughput = *throughput;
  return ok();
}

Status update_indexes(Command& command, const std::vector<GlobalSecondaryIndexUpdate>& updates,
                      TableDefinition& table) {
  const auto online = std::count_if(updates.begin(), updates.end(), [](const auto& update) {
    return update.Create || update.Delete;
  });
  if (online > 1) {
    return errors::LimitExceededException(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously "
        "per table");
  }
  for (const GlobalSecondaryIndexUpdate& update : updates) {
    const int given =
        update.Create.has_value() + update.Delete.has_value() + update.Update.has_value();
    if (given != 1) {
      return errors::ValidationException(
          "One or more parameter values were invalid: Exactly one of Create, Update and Delete "
          "must be specified in a GlobalSecondaryIndexUpdate");
    }
    if (update.Create) RETURN_IF_ERROR(create_index(command, *update.Create, table));
    if (update.Delete) RETURN_IF_ERROR(delete_index(command, update.Delete->IndexName, table));
    if (update.Update) RETURN_IF_ERROR(update_index(*update.Update, table));
  }
  return ok();
}

// AttributeDefinitions add to, and must agree with, what is there; those no key uses any more go.
Status update_attributes(const std::vector<AttributeDefinition>& definitions,
                         TableDefinition& table) {
  auto wanted = attributes_from(definitions);
  if (!wanted) return std::move(wanted).error();
  for (const KeyAttribute& attribute : *wanted) {
    const std::string_view type = table.attribute_type(attribute.name);
    if (type.empty()) {
      table.attributes.push_back(attribute);
    } else if (type != attribute.type) {
      return errors::ValidationException(
          "One or more parameter values were invalid: Table already has an attribute " +
          attribute.name + " of another type in AttributeDefinitions");
    }
  }
  return ok();
}

void drop_unused_attributes(TableDefinition& table) {
  std::erase_if(table.attributes, [&](const KeyAttribute& attribute) {
    const auto uses = [&](const IndexDefinition& index) { return index.keys.has(attribute.name); };
    return !table.keys.has(attribute.name) &&
           std::none_of(table.indexes.begin(), table.indexes.end(), uses);
  });
}

void update_settings(const UpdateTableInput& input, const Scope& scope, TableDefinition& table) {
  if (input.DeletionProtectionEnabled) table.deletion_protection = *input.DeletionProtectionEnabled;
  if (input.TableClass) table.table_class = *input.TableClass;
  if (input.SSESpecification) table.encryption = encryption_from(input.SSESpecification, scope);
}

}  // namespace

Result<UpdateTableOutput> UpdateTable(Command& command, UpdateTableInput input) {
  RETURN_IF_ERROR(check_input(input));
  auto found = table_for_control(command.tx, command.scope(), input.TableName);
  if (!found) return std::move(found).error();
  TableDefinition table = **found;
  RETURN_IF_ERROR(update_throughput(input, table, command.now));
  if (input.AttributeDefinitions) {
    RETURN_IF_ERROR(update_attributes(*input.AttributeDefinitions, table));
  }
  if (input.GlobalSecondaryIndexUpdates) {
    RETURN_IF_ERROR(update_indexes(command, *input.GlobalSecondaryIndexUpdates, table));
  }
  if (input.StreamSpecification) {
    RETURN_IF_ERROR(update_stream(command, *input.StreamSpecification, table));
  }
  update_settings(input, command.scope(), table);
  drop_unused_attributes(table);
  put_table(command.tx, command.scope(), table);
  command.tx.touch(kTablesTopic);
  UpdateTableOutput out;
  out.TableDescription = describe_table(command.tx, command.scope(), table, "UPDATING");
  return out;
}

OPERATION(UpdateTable);

}  // namespace tidemill::dynamodb
