// Which partitions of a table a query needs: those of Glue, or those that partition projection
// computes, less those that the WHERE rules out.
// https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
#pragma once

#include <string>
#include <vector>

#include "flow/athena_sql/translation.h"
#include "services/glue/catalog.h"

namespace tidemill::flow::athena {

inline constexpr size_t kProjectedPartitionsMax = 100000;

struct TablePartition {
  std::vector<std::string> values;  // in the order of the partition columns
  std::string location;
};

// InvalidRequestException when the projection's properties make no sense, an injected column has
// no value in the WHERE, or there would be more than kProjectedPartitionsMax.
Result<std::vector<TablePartition>> needed_partitions(const kv::View& view, const Scope& scope,
                                                      const athena_sql::Scan& scan, Timestamp now);

// False when no row with this value of the partition column can pass the filter.
bool may_match(const athena_sql::PartitionFilter& filter, const std::string& hive_type,
               const std::string& value);

}  // namespace tidemill::flow::athena
