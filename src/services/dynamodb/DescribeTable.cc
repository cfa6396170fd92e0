// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
#include "shapes/dynamodb/DescribeTable.h"

#include "services/call/operation.h"
#include "services/dynamodb/table_description.h"

namespace tidemill::dynamodb {

Result<DescribeTableOutput> DescribeTable(const Query& query, DescribeTableInput input) {
  auto table = table_for_control(query.view, query.scope(), input.TableName);
  if (!table) return std::move(table).error();
  DescribeTableOutput out;
  out.Table = describe_table(query.view, query.scope(), **table, "ACTIVE");
  return out;
}

OPERATION(DescribeTable);

}  // namespace tidemill::dynamodb
