#include "services/dynamodb/consumed_capacity.h"

namespace tidemill::dynamodb {
namespace {

void add_units(std::optional<double>& sum, double units) { sum = sum.value_or(0) + units; }

void add_units(std::optional<Capacity>& sum, double units) {
  if (!sum) sum.emplace();
  add_units(sum->CapacityUnits, units);
}

void add_units(std::optional<std::map<std::string, Capacity>>& sum, const std::string& index,
               double units) {
  if (!sum) sum.emplace();
  add_units((*sum)[index].CapacityUnits, units);
}

}  // namespace

ConsumedCapacity& CapacityCount::of(const TableDefinition& table) {
  ConsumedCapacity& out = by_table_[table.name];
  out.TableName = table.name;
  return out;
}

void CapacityCount::add(ConsumedCapacity& out, const IndexDefinition* index, double units) {
  add_units(out.CapacityUnits, units);
  if (mode_ != "INDEXES") return;
  if (!index) {
    add_units(out.Table, units);
  } else if (index->is_global) {
    add_units(out.GlobalSecondaryIndexes, index->name, units);
  } else {
    add_units(out.LocalSecondaryIndexes, index->name, units);
  }
}

void CapacityCount::add_write(const TableDefinition& table, const WriteUnits& units) {
  if (mode_ == "NONE") return;
  ConsumedCapacity& out = of(table);
  add(out, nullptr, units.table);
  for (const auto& [name, spent] : units.indexes) add(out, table.find_index(name), spent);
}

void CapacityCount::add_read(const TableDefinition& table, const IndexDefinition* index,
                             double units) {
  if (mode_ == "NONE") return;
  ConsumedCapacity& out = of(table);
  if (index && mode_ == "INDEXES") add_units(out.Table, 0);
  add(out, index, units);
}

void CapacityCount::make_transactional(bool writes) {
  const auto doubled = [writes](Capacity& capacity) {
    capacity.CapacityUnits = capacity.CapacityUnits.value_or(0) * 2;
    (writes ? capacity.WriteCapacityUnits : capacity.ReadCapacityUnits) = capacity.CapacityUnits;
  };
  for (auto& [name, out] : by_table_) {
    out.CapacityUnits = out.CapacityUnits.value_or(0) * 2;
    (writes ? out.WriteCapacityUnits : out.ReadCapacityUnits) = out.CapacityUnits;
    if (out.Table) doubled(*out.Table);
    for (auto* indexes : {&out.GlobalSecondaryIndexes, &out.LocalSecondaryIndexes}) {
      if (!*indexes) continue;
      for (auto& [index, capacity] : **indexes) doubled(capacity);
    }
  }
}

std::optional<ConsumedCapacity> CapacityCount::one() const {
  if (by_table_.empty()) return std::nullopt;
  return by_table_.begin()->second;
}

std::optional<std::vector<ConsumedCapacity>> CapacityCount::all() const {
  if (mode_ == "NONE") return std::nullopt;
  std::vector<ConsumedCapacity> out;
  for (const auto& [name, consumed] : by_table_) out.push_back(consumed);
  return out;
}

std::optional<ItemCollectionMetrics> collection_metrics(const std::optional<std::string>& mode,
                                                        const TableDefinition& table,
                                                        const Item& item) {
  if (mode != "SIZE" || !table.has_local_indexes()) return std::nullopt;
  ItemCollectionMetrics out;
  const std::string& partition = table.keys.partition.name;
  out.ItemCollectionKey.set(partition, to_document(*item.find(partition)));
  out.SizeEstimateRangeGB = std::vector<double>{0.0, 1.0};
  return out;
}

}  // namespace tidemill::dynamodb
