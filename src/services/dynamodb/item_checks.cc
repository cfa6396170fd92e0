#include "services/dynamodb/items.h"

namespace tidemill::dynamodb {
namespace {

Error invalid(const std::string& what) {
  return errors::ValidationException("One or more parameter values were invalid: " + what);
}

Error key_mismatch() {
  return errors::ValidationException("The provided key element does not match the schema");
}

const char* empty_word(const AttributeValue& value) {
  return value.type() == Type::kS ? "string" : "binary";
}

Status check_key_size(const AttributeValue& value, bool is_partition) {
  const size_t bytes = size_of(value);
  if (is_partition && bytes > kPartitionKeyBytesMax) {
    return invalid("Size of hashkey has exceeded the maximum size limit of2048 bytes");
  }
  if (!is_partition && bytes > kSortKeyBytesMax) {
    return invalid("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
  return ok();
}

Status check_not_empty(const std::string& name, const AttributeValue& value) {
  if (!value.text().empty()) return ok();
  return errors::ValidationException(
      std::string("One or more parameter values are not valid. The AttributeValue for a key "
                  "attribute cannot contain an empty ") +
      empty_word(value) + " value. Key: " + name);
}

Status check_key_attribute(const KeyAttribute& attribute, const Item& key, bool is_partition) {
  const AttributeValue* value = key.find(attribute.name);
  if (!value || type_name(value->type()) != attribute.type) return key_mismatch();
  RETURN_IF_ERROR(check_not_empty(attribute.name, *value));
  return check_key_size(*value, is_partition);
}

Status check_item_key(const KeyAttribute& attribute, const Item& item, bool is_partition) {
  const AttributeValue* value = item.find(attribute.name);
  if (!value) return invalid("Missing the key " + attribute.name + " in the item");
  if (type_name(value->type()) != attribute.type) {
    return invalid("Type mismatch for key " + attribute.name + " expected: " + attribute.type +
                   " actual: " + std::string(type_name(value->type())));
  }
  RETURN_IF_ERROR(check_not_empty(attribute.name, *value));
  return check_key_size(*value, is_partition);
}

Status check_index_key(const IndexDefinition& index, const KeyAttribute& attribute,
                       const Item& item, bool is_partition) {
  const AttributeValue* value = item.find(attribute.name);
  if (!value) return ok();
  if (type_name(value->type()) != attribute.type) {
    return invalid(
        "Type mismatch for Index Key " + attribute.name + " Expected: " + attribute.type +
        " Actual: " + std::string(type_name(value->type())) + " IndexName: " + index.name);
  }
  if (value->text().empty()) {
    return errors::ValidationException(
        std::string("One or more parameter values are not valid. A value specified for a "
                    "secondary index key is not supported. The AttributeValue for a key attribute "
                    "cannot contain an empty ") +
        empty_word(*value) + " value. IndexName: " + index.name + ", IndexKey: " + attribute.name);
  }
  return check_key_size(*value, is_partition);
}

Status check_index_keys(const TableDefinition& table, const Item& item) {
  for (const IndexDefinition& index : table.indexes) {
    RETURN_IF_ERROR(check_index_key(index, index.keys.partition, item, true));
    if (index.keys.sort) RETURN_IF_ERROR(check_index_key(index, *index.keys.sort, item, false));
  }
  return ok();
}

}  // namespace

Status check_key(const TableDefinition& table, const Item& key) {
  if (key.size() != (table.keys.sort ? 2U : 1U)) return key_mismatch();
  RETURN_IF_ERROR(check_key_attribute(table.keys.partition, key, true));
  if (table.keys.sort) RETURN_IF_ERROR(check_key_attribute(*table.keys.sort, key, false));
  return ok();
}

Status check_item(const TableDefinition& table, const Item& item) {
  RETURN_IF_ERROR(check_item_key(table.keys.partition, item, true));
  if (table.keys.sort) RETURN_IF_ERROR(check_item_key(*table.keys.sort, item, false));
  RETURN_IF_ERROR(check_index_keys(table, item));
  if (size_of(item) > kItemBytesMax) {
    return errors::ValidationException("Item size has exceeded the maximum allowed size");
  }
  return ok();
}

Status check_updated_item(const TableDefinition& table, const Item& item) {
  RETURN_IF_ERROR(check_index_keys(table, item));
  if (size_of(item) > kItemBytesMax) {
    return errors::ValidationException("Item size to update has exceeded the maximum allowed size");
  }
  return ok();
}

}  // namespace tidemill::dynamodb
