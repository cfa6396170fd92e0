#include "shapes/glue/GetPartitions.h"

#include "services/glue/catalog.h"
#include "services/glue/paging.h"
#include "services/glue/partition_filter.h"

namespace tidemill::glue {

namespace {

constexpr size_t kPageSize = 1000;

// The part of the values that a segment reads: all partitions in one of TotalSegments, by hash.
bool in_segment(const std::optional<Segment>& segment, std::string_view key) {
  if (!segment) return true;
  uint32_t hash = 2166136261;  // FNV-1a
  for (const unsigned char c : key) hash = (hash ^ c) * 16777619;
  return hash % static_cast<uint32_t>(segment->TotalSegments) ==
         static_cast<uint32_t>(segment->SegmentNumber);
}

}  // namespace

Result<GetPartitionsOutput> GetPartitions(const Query& query, GetPartitionsInput input) {
  RETURN_IF_ERROR(require_own_catalog(query.scope(), input.CatalogId));
  auto table = require_table(query.view, query.scope(), input.DatabaseName, input.TableName);
  if (!table) return std::move(table).error();
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  auto filter = PartitionFilter::parse(input.Expression.value_or(""),
                                       table->PartitionKeys.value_or(std::vector<Column>()));
  if (!filter) return std::move(filter).error();
  if (input.Segment && input.Segment->SegmentNumber >= input.Segment->TotalSegments) {
    return errors::InvalidInputException("SegmentNumber must be less than TotalSegments");
  }
  GetPartitionsOutput output;
  output.Partitions.emplace();
  const auto size = static_cast<size_t>(input.MaxResults.value_or(kPageSize));
  std::string last;
  const auto visit = [&](std::string_view key, Partition partition) {
    if (!in_segment(input.Segment, key) || !filter->matches(*partition.Values)) return true;
    if (output.Partitions->size() == size) {
      output.NextToken = base64_encode(last);
      return false;
    }
    last = key;
    if (input.ExcludeColumnSchema.value_or(false) && partition.StorageDescriptor) {
      partition.StorageDescriptor->Columns.reset();
    }
    output.Partitions->push_back(std::move(partition));
    return true;
  };
  visit_partitions(query.view, query.scope(), input.DatabaseName, input.TableName, *start, visit);
  return output;
}

OPERATION(GetPartitions);

}  // namespace tidemill::glue
