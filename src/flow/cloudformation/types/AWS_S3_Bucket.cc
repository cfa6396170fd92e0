#include "flow/cloudformation/resource_type.h"

namespace tidemill::flow {
namespace {

Document bucket_of(const ResourceCall& call) { return object_of("Bucket", call.physical_id); }

// CloudFormation and the API name the members of a default encryption differently.
Document encryption_of(const Document& wanted) {
  Document rules = Document::array();
  const Document* list = wanted.find("ServerSideEncryptionConfiguration");
  for (const Document& rule : list && list->is_array() ? list->as_array() : Document::Array{}) {
    Document out = Document::object();
    for (const auto& [name, value] : rule.as_object()) {
      out.set(name == "ServerSideEncryptionByDefault" ? "ApplyServerSideEncryptionByDefault" : name,
              value);
    }
    rules.push(std::move(out));
  }
  return object_of("Rules", std::move(rules));
}

struct Setting {
  const char* property;
  const char* operation;
  const char* member;
  Document (*convert)(const Document&);
};

Document as_it_is(const Document& value) { return value; }
Document as_tag_set(const Document& value) { return object_of("TagSet", value); }

constexpr Setting kSettings[] = {
    {"VersioningConfiguration", "PutBucketVersioning", "VersioningConfiguration", as_it_is},
    {"BucketEncryption", "PutBucketEncryption", "ServerSideEncryptionConfiguration", encryption_of},
    {"PublicAccessBlockConfiguration", "PutPublicAccessBlock", "PublicAccessBlockConfiguration",
     as_it_is},
    {"OwnershipControls", "PutBucketOwnershipControls", "OwnershipControls", as_it_is},
    {"Tags", "PutBucketTagging", "Tagging", as_tag_set},
};

Task<Status> update(ResourceCall& call) {
  for (const Setting& setting : kSettings) {
    if (!call.changed(setting.property)) continue;
    const Document* wanted = call.properties.find(setting.property);
    if (!wanted) {
      co_return errors::ValidationError(std::string("Removing ") + setting.property +
                                        " from a bucket is not supported by Tidemill.");
    }
    Document input = bucket_of(call);
    input.set(setting.member, setting.convert(*wanted));
    auto acting = act(call, "s3", setting.operation, std::move(input));
    Status done = co_await std::move(acting);
    if (!done) co_return std::move(done).error();
  }
  co_return ok();
}

Task<Result<std::string>> create(ResourceCall& call) {
  Document input = bucket_of(call);
  if (call.scope.region != "us-east-1") {
    input.set("CreateBucketConfiguration", object_of("LocationConstraint", call.scope.region));
  }
  auto acting = act(call, "s3", "CreateBucket", std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  auto setting = update(call);
  done = co_await std::move(setting);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<Made>> read(ResourceCall& call) {
  Made made{call.physical_id};
  const std::string& name = call.physical_id;
  made.attributes.set("Arn", "arn:aws:s3:::" + name);
  made.attributes.set("DomainName", name + ".s3.amazonaws.com");
  made.attributes.set("RegionalDomainName", name + ".s3." + call.scope.region + ".amazonaws.com");
  made.attributes.set("DualStackDomainName",
                      name + ".s3.dualstack." + call.scope.region + ".amazonaws.com");
  made.attributes.set("WebsiteURL",
                      "http://" + name + ".s3-website-" + call.scope.region + ".amazonaws.com");
  co_return std::move(made);
}

Task<Status> remove(ResourceCall& call) { return act(call, "s3", "DeleteBucket", bucket_of(call)); }

}  // namespace

ResourceType AWS_S3_Bucket() {
  return {.name = "AWS::S3::Bucket",
          .properties = {"BucketName", "VersioningConfiguration", "BucketEncryption",
                         "PublicAccessBlockConfiguration", "OwnershipControls", "Tags"},
          .replacing = {"BucketName"},
          .name_property = "BucketName",
          .name_length_max = 63,
          .lower_case = true,
          .create = create,
          .read = read,
          .update = update,
          .remove = remove};
}

}  // namespace tidemill::flow
