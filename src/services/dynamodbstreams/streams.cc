#include "services/dynamodbstreams/streams.h"

namespace tidemill::dynamodbstreams {

Result<dynamodb::StreamDescription> stream_named(const kv::View& view, const Scope& scope,
                                                 const std::string& arn) {
  const auto parsed = parse_arn(arn);
  if (!parsed || parsed->service != "dynamodb" || !parsed->resource.starts_with("table/")) {
    return errors::ValidationException("Invalid StreamArn: " + arn);
  }
  auto stream = dynamodb::find_stream(view, scope, arn);
  if (stream) return *std::move(stream);
  return errors::ResourceNotFoundException("Requested resource not found: Stream: " + arn +
                                           " not found");
}

}  // namespace tidemill::dynamodbstreams
