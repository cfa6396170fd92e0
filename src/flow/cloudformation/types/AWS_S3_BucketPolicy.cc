#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Task<Status> update(ResourceCall& call) {
  Document input = object_of("Bucket", call.text("Bucket"));
  const Document* policy = call.properties.find("PolicyDocument");
  if (policy) input.set("Policy", *policy);
  return act(call, "s3", "PutBucketPolicy", std::move(input));
}

Task<Result<std::string>> create(ResourceCall& call) {
  auto putting = update(call);
  Status done = co_await std::move(putting);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Status> remove(ResourceCall& call) {
  return act(call, "s3", "DeleteBucketPolicy", object_of("Bucket", call.physical_id));
}

}  // namespace

ResourceType AWS_S3_BucketPolicy() {
  return {.name = "AWS::S3::BucketPolicy",
          .properties = {"Bucket", "PolicyDocument"},
          .replacing = {"Bucket"},
          .name_property = "Bucket",
          .create = create,
          .read = as_chosen,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
