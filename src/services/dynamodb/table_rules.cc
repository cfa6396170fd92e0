#include "services/dynamodb/table_rules.h"

#include <algorithm>
#include <set>

namespace tidemill::dynamodb {
namespace {

constexpr size_t kNonKeyAttributesMax = 100;

Error invalid(const std::string& what) {
  return errors::ValidationException("One or more parameter values were invalid: " + what);
}

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return "[" + out + "]";
}

std::string attribute_list(const std::vector<KeyAttribute>& attributes) {
  std::vector<std::string> names;
  for (const KeyAttribute& attribute : attributes) names.push_back(attribute.name);
  return list_of(names);
}

const KeyAttribute* find(const std::vector<KeyAttribute>& attributes, const std::string& name) {
  for (const KeyAttribute& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

Status check_local_index(const TableDefinition& table, const IndexDefinition& index) {
  if (!table.keys.sort) {
    return invalid(
        "Table KeySchema does not have a range key, which is required when specifying a "
        "LocalSecondaryIndex");
  }
  if (!index.keys.sort) {
    return invalid("Index KeySchema does not have a range key for index: " + index.name);
  }
  if (index.keys.partition.name != table.keys.partition.name) {
    return invalid(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
        index.name + ". index hash key: " + index.keys.partition.name +
        ", table hash key: " + table.keys.partition.name);
  }
  return ok();
}

Status check_projection(const IndexRequest& request) {
  const Projection& projection = request.projection;
  if (!projection.ProjectionType) return invalid("Unknown ProjectionType: null");
  const std::string& type = *projection.ProjectionType;
  const auto& names = projection.NonKeyAttributes;
  if (type != "INCLUDE" && names) {
    return invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
  }
  if (type == "INCLUDE" && !names) {
    return invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  if (names && names->size() > kNonKeyAttributesMax) {
    return invalid("NonKeyAttributes has more than 100 attributes for index: " + request.name);
  }
  if (names && std::set<std::string>(names->begin(), names->end()).size() != names->size()) {
    return invalid("Duplicate attribute in NonKeyAttributes for index: " + request.name);
  }
  return ok();
}

}  // namespace

Result<std::vector<KeyAttribute>> attributes_from(
    const std::vector<AttributeDefinition>& definitions) {
  std::vector<KeyAttribute> out;
  for (const AttributeDefinition& definition : definitions) {
    if (find(out, definition.AttributeName)) {
      return invalid("Cannot have two attributes with the same name: duplicate AttributeName " +
                     definition.AttributeName + " in AttributeDefinitions");
    }
    out.push_back({definition.AttributeName, definition.AttributeType});
  }
  return out;
}

Result<KeySchema> keys_from(const std::vector<KeySchemaElement>& schema,
                            const std::vector<KeyAttribute>& attributes) {
  if (schema[0].KeyType != "HASH") {
    return errors::ValidationException(
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  if (schema.size() > 1 && schema[1].AttributeName == schema[0].AttributeName) {
    return invalid(
        "Both the Hash Key and the Range Key element in the KeySchema have the same "
        "name");
  }
  if (schema.size() > 1 && schema[1].KeyType != "RANGE") {
    return errors::ValidationException(
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  std::vector<std::string> missing;
  for (const KeySchemaElement& element : schema) {
    if (!find(attributes, element.AttributeName)) missing.push_back(element.AttributeName);
  }
  if (!missing.empty()) {
    return invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                   list_of(missing) + ", AttributeDefinitions: " + attribute_list(attributes));
  }
  KeySchema out;
  out.partition = *find(attributes, schema[0].AttributeName);
  if (schema.size() > 1) out.sort = *find(attributes, schema[1].AttributeName);
  return out;
}

Result<IndexDefinition> index_from(const IndexRequest& request,
                                   const std::vector<KeyAttribute>& attributes) {
  RETURN_IF_ERROR(check_table_name(request.name, "IndexName"));
  auto keys = keys_from(request.schema, attributes);
  if (!keys) return std::move(keys).error();
  RETURN_IF_ERROR(check_projection(request));
  IndexDefinition out;
  out.name = request.name;
  out.is_global = request.is_global;
  out.keys = *std::move(keys);
  out.projection_type = *request.projection.ProjectionType;
  if (request.projection.NonKeyAttributes) {
    out.non_key_attributes = *request.projection.NonKeyAttributes;
  }
  return out;
}

Status check_indexes(const TableDefinition& table) {
  std::set<std::string> names;
  size_t global = 0;
  for (const IndexDefinition& index : table.indexes) {
    if (!names.insert(index.name).second) return invalid("Duplicate index name: " + index.name);
    if (index.is_global) {
      ++global;
    } else {
      RETURN_IF_ERROR(check_local_index(table, index));
    }
  }
  if (table.indexes.size() - global > kLocalIndexesMax) {
    return invalid("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  }
  if (global > kGlobalIndexesMax) {
    return invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20");
  }
  return ok();
}

Status check_attributes_used(const TableDefinition& table) {
  std::vector<std::string> used;
  const auto use = [&](const KeySchema& keys) {
    for (const std::string& name : {keys.partition.name, keys.sort ? keys.sort->name : ""}) {
      if (!name.empty() && std::find(used.begin(), used.end(), name) == used.end()) {
        used.push_back(name);
      }
    }
  };
  use(table.keys);
  for (const IndexDefinition& index : table.indexes) use(index.keys);
  if (used.size() == table.attributes.size()) return ok();
  if (table.indexes.empty()) {
    return invalid(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions");
  }
  return invalid("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                 attribute_list(table.attributes) + ", keys used: " + list_of(used));
}

Result<Throughput> throughput_from(const std::optional<ProvisionedThroughput>& throughput,
                                   const std::string& billing_mode, const std::string& what) {
  if (billing_mode == "PAY_PER_REQUEST") {
    if (throughput) {
      return invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
          "PAY_PER_REQUEST");
    }
    return Throughput{};
  }
  if (!throughput && what == "table") {
    return invalid(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
        "PROVISIONED");
  }
  if (!throughput) return invalid("ProvisionedThroughput must be specified for " + what);
  return Throughput{throughput->ReadCapacityUnits, throughput->WriteCapacityUnits};
}

Status check_stream(const StreamSpecification& stream) {
  if (stream.StreamEnabled && !stream.StreamViewType) {
    return invalid("StreamViewType must be specified when StreamEnabled is true");
  }
  if (!stream.StreamEnabled && stream.StreamViewType) {
    return invalid("StreamViewType can only be specified when StreamEnabled is true");
  }
  return ok();
}

std::optional<Encryption> encryption_from(const std::optional<SSESpecification>& specification,
                                          const Scope& scope) {
  if (!specification || !specification->Enabled.value_or(false)) return std::nullopt;
  Encryption out;
  out.type = specification->SSEType.value_or("KMS");
  const std::string key = specification->KMSMasterKeyId.value_or("alias/aws/dynamodb");
  const bool is_path = key.starts_with("alias/") || key.starts_with("key/");
  out.key_arn =
      key.starts_with("arn:") ? key : make_arn("kms", scope, (is_path ? "" : "key/") + key);
  return out;
}

}  // namespace tidemill::dynamodb
