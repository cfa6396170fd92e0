// The key condition of a Query: one partition, and a range of sort keys in it.
#pragma once

#include <optional>
#include <string>

#include "services/dynamodb/expression.h"
#include "services/dynamodb/table_definition.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

struct KeyRange {
  // Of stored keys: [begin, end).
  std::string begin;
  std::string end;
  bool contains(std::string_view key) const { return begin <= key && key < end; }
};

// From a KeyConditionExpression or translated KeyConditions (`parameter` says which). `id` is that
// of the table or index whose schema is `keys`. ValidationException in DynamoDB's words.
Result<KeyRange> key_range(const Predicate& condition, std::string_view parameter,
                           const KeySchema& keys, uint64_t id);

// The attributes that a predicate mentions.
std::vector<std::string> attributes_of(const Predicate& predicate);

}  // namespace tidemill::dynamodb
