#include "shapes/kinesis/DescribeStreamConsumer.h"

#include "services/call/operation.h"
#include "services/kinesis/describe.h"

namespace tidemill::kinesis {

Result<DescribeStreamConsumerOutput> DescribeStreamConsumer(const Query& query,
                                                            DescribeStreamConsumerInput input) {
  const auto found = consumer_meant(query.view, query.scope(), input.StreamARN, input.ConsumerName,
                                    input.ConsumerARN);
  if (!found) return found.error();
  DescribeStreamConsumerOutput output;
  ConsumerDescription& description = output.ConsumerDescription;
  description.ConsumerName = found->consumer.ConsumerName;
  description.ConsumerARN = consumer_arn(query.scope(), found->stream, found->consumer);
  description.ConsumerStatus = "ACTIVE";
  description.ConsumerCreationTimestamp = Timestamp{found->consumer.created_ms};
  description.StreamARN = stream_arn(query.scope(), found->stream);
  return output;
}

OPERATION(DescribeStreamConsumer);

}  // namespace tidemill::kinesis
