// ReturnConsumedCapacity and ReturnItemCollectionMetrics: what an operation tells of its cost.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/items.h"
#include "shapes/dynamodb/ConsumedCapacity.h"
#include "shapes/dynamodb/ItemCollectionMetrics.h"

namespace tidemill::dynamodb {

// Sums the cost of one request over its tables. `mode` is NONE (or absent), TOTAL or INDEXES.
class CapacityCount {
 public:
  explicit CapacityCount(const std::optional<std::string>& mode) : mode_(mode.value_or("NONE")) {}

  void add_write(const TableDefinition& table, const WriteUnits& units);
  // Of the table itself when `index` is null.
  void add_read(const TableDefinition& table, const IndexDefinition* index, double units);
  // Transactions cost twice, and tell reads and writes apart.
  void make_transactional(bool writes);

  // Of a request to one table; nullopt when nobody asked.
  std::optional<ConsumedCapacity> one() const;
  std::optional<std::vector<ConsumedCapacity>> all() const;

 private:
  ConsumedCapacity& of(const TableDefinition& table);
  void add(ConsumedCapacity& out, const IndexDefinition* index, double units);

  std::string mode_;
  std::map<std::string, ConsumedCapacity> by_table_;
};

// The metrics of the item's collection; nullopt when they were not asked for or the table has no
// local secondary index.
std::optional<ItemCollectionMetrics> collection_metrics(const std::optional<std::string>& mode,
                                                        const TableDefinition& table,
                                                        const Item& item);

}  // namespace tidemill::dynamodb
