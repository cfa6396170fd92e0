#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document stream_of(const ResourceCall& call) {
  Document out = object_of("logGroupName", call.text("LogGroupName"));
  out.set("logStreamName", call.physical_id);
  return out;
}

Task<Result<std::string>> create(ResourceCall& call) {
  return make(call, "logs", "CreateLogStream", stream_of(call));
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "logs", "DeleteLogStream", stream_of(call));
}

}  // namespace

ResourceType AWS_Logs_LogStream() {
  return {.name = "AWS::Logs::LogStream",
          .properties = {"LogGroupName", "LogStreamName"},
          .name_property = "LogStreamName",
          .create = create,
          .read = as_chosen,
          .remove = remove};
}

}  // namespace tidemill::flow
