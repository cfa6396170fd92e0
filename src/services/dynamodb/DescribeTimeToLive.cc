// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html
#include "shapes/dynamodb/DescribeTimeToLive.h"

#include "services/call/operation.h"
#include "services/dynamodb/table_definition.h"

namespace tidemill::dynamodb {

Result<DescribeTimeToLiveOutput> DescribeTimeToLive(const Query& query,
                                                    DescribeTimeToLiveInput input) {
  auto table = table_for_control(query.view, query.scope(), input.TableName);
  if (!table) return std::move(table).error();
  const auto& setting = (*table)->time_to_live;
  const bool enabled = setting && setting->enabled;
  DescribeTimeToLiveOutput out;
  out.TimeToLiveDescription.emplace();
  out.TimeToLiveDescription->TimeToLiveStatus = enabled ? "ENABLED" : "DISABLED";
  if (enabled) out.TimeToLiveDescription->AttributeName = setting->attribute;
  return out;
}

OPERATION(DescribeTimeToLive);

}  // namespace tidemill::dynamodb
