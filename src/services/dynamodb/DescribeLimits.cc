// The quotas of a new AWS account. Tidemill does not throttle.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html
#include "shapes/dynamodb/DescribeLimits.h"

#include "services/call/operation.h"

namespace tidemill::dynamodb {

Result<DescribeLimitsOutput> DescribeLimits(const Query&, DescribeLimitsInput) {
  DescribeLimitsOutput out;
  out.AccountMaxReadCapacityUnits = 80'000;
  out.AccountMaxWriteCapacityUnits = 80'000;
  out.TableMaxReadCapacityUnits = 40'000;
  out.TableMaxWriteCapacityUnits = 40'000;
  return out;
}

OPERATION(DescribeLimits);

}  // namespace tidemill::dynamodb
