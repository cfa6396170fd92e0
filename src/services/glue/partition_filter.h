// GetPartitions.Expression: which partitions are wanted, in the SQL of a WHERE clause over
// partition keys.  year = '2024' AND (month IN (1, 2) OR day BETWEEN 3 AND 5) AND NOT region LIKE
// 'eu-%' https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shapes/glue/Column.h"
#include "wire/result.h"

namespace tidemill::glue {

// A value, read from any thread. Keys compare by their types: whole numbers and decimals as
// numbers, everything else (dates and timestamps in ISO form too) as text.
class PartitionFilter {
 public:
  // An empty expression matches all. InvalidInputException when the text is no expression or names
  // something that is no partition key.
  static Result<PartitionFilter> parse(std::string_view expression,
                                       const std::vector<Column>& keys);

  // `values`: one for each key, in their order.
  bool matches(const std::vector<std::string>& values) const;

  struct Node;

 private:
  explicit PartitionFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;  // shared between copies; null: all
};

}  // namespace tidemill::glue
