// Point-in-time recovery cannot be switched on in Tidemill, so it is always off.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
#include "shapes/dynamodb/DescribeContinuousBackups.h"

#include "services/call/operation.h"
#include "services/dynamodb/table_definition.h"

namespace tidemill::dynamodb {

Result<DescribeContinuousBackupsOutput> DescribeContinuousBackups(
    const Query& query, DescribeContinuousBackupsInput input) {
  auto table = table_for_control(query.view, query.scope(), input.TableName);
  if (!table) return std::move(table).error();
  DescribeContinuousBackupsOutput out;
  out.ContinuousBackupsDescription.emplace();
  out.ContinuousBackupsDescription->ContinuousBackupsStatus = "DISABLED";
  out.ContinuousBackupsDescription->PointInTimeRecoveryDescription.emplace();
  out.ContinuousBackupsDescription->PointInTimeRecoveryDescription->PointInTimeRecoveryStatus =
      "DISABLED";
  return out;
}

OPERATION(DescribeContinuousBackups);

}  // namespace tidemill::dynamodb
