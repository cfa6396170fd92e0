// A page of items: what Query and Scan have in common.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/items.h"
#include "services/dynamodb/key_condition.h"
#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {

inline constexpr size_t kPageBytesMax = 1024 * 1024;

struct PageRequest {
  const TableDefinition& table;
  const IndexDefinition* index = nullptr;  // null: the table itself
  KeyRange range{};
  bool forward = true;
  std::optional<int32_t> limit{};  // items looked at
  std::optional<Predicate> filter{};
  std::optional<Paths> paths{};
  bool counts_only = false;
  bool whole_items = false;  // of a local index: what it does not hold comes from the table

  const KeySchema& keys() const { return index ? index->keys : table.keys; }
  uint64_t id() const { return index ? index->id : table.id; }
};

struct Page {
  Document items;  // null when only the count was asked for
  int32_t count = 0;
  int32_t scanned_count = 0;
  Document last_key;  // null at the end
  size_t bytes = 0;   // read, before the filter
};

Page read_page(const kv::View& view, const PageRequest& request);

// Moves the range behind the ExclusiveStartKey. ValidationException when it is no key of the table
// (and the index), or lies outside of the range.
Status start_after(PageRequest& request, const Document& exclusive_start_key, bool is_query);

// Select, IndexName and ConsistentRead: the rules they share.
struct Selection {
  const std::optional<std::string>& select;
  bool has_projection_expression;
  bool has_attributes_to_get;
  bool consistent;
};
Status check_selection(const PageRequest& request, const Selection& selection);
// Sets what the answer holds; `request.paths` is set before.
void apply_selection(PageRequest& request, const Selection& selection);

Result<const IndexDefinition*> index_named(const TableDefinition& table,
                                           const std::optional<std::string>& name);

}  // namespace tidemill::dynamodb
