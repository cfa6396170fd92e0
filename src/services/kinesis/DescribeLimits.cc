#include "shapes/kinesis/DescribeLimits.h"

#include "services/call/operation.h"
#include "services/kinesis/streams.h"

namespace tidemill::kinesis {

Result<DescribeLimitsOutput> DescribeLimits(const Query& query, DescribeLimitsInput) {
  DescribeLimitsOutput output;
  output.ShardLimit = static_cast<int32_t>(kOpenShardsMax);
  output.OpenShardCount = 0;
  output.OnDemandStreamCount = 0;
  output.OnDemandStreamCountLimit = static_cast<int32_t>(kOnDemandStreamsMax);
  for (const StreamDefinition& stream : streams_of(query.view, query.scope(), "", SIZE_MAX)) {
    if (stream.on_demand()) {
      ++output.OnDemandStreamCount;
    } else {
      output.OpenShardCount += stream.open_shards;
    }
  }
  return output;
}

OPERATION(DescribeLimits);

}  // namespace tidemill::kinesis
