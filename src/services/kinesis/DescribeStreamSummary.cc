#include "shapes/kinesis/DescribeStreamSummary.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<DescribeStreamSummaryOutput> DescribeStreamSummary(const Query& query,
                                                          DescribeStreamSummaryInput input) {
  const auto stream = stream_meant(query.view, query.scope(), input);
  if (!stream) return stream.error();
  DescribeStreamSummaryOutput output;
  StreamDescriptionSummary& summary = output.StreamDescriptionSummary;
  summary.StreamName = stream->StreamName;
  summary.StreamARN = stream_arn(query.scope(), stream->StreamName);
  summary.StreamStatus = "ACTIVE";
  summary.StreamModeDetails = mode_of(*stream);
  summary.RetentionPeriodHours = stream->RetentionPeriodHours;
  summary.StreamCreationTimestamp = stream->created();
  summary.EnhancedMonitoring.emplace_back().ShardLevelMetrics.emplace();
  summary.EncryptionType = "NONE";
  summary.OpenShardCount = stream->open_shards;
  summary.ConsumerCount =
      static_cast<int32_t>(consumers_of(query.view, query.scope(), stream->StreamName).size());
  return output;
}

OPERATION(DescribeStreamSummary);

}  // namespace tidemill::kinesis
