#include "shapes/s3/CreateBucket.h"

#include "services/s3/attributes.h"
#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

constexpr std::string_view kGlobalRegion = "us-east-1";

bool is_known_region(std::string_view name) {
  constexpr std::string_view kRegions[] = {
      "af-south-1",     "ap-east-1",      "ap-east-2",      "ap-northeast-1", "ap-northeast-2",
      "ap-northeast-3", "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2",
      "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-7", "ca-central-1",
      "ca-west-1",      "cn-north-1",     "cn-northwest-1", "eu-central-1",   "eu-central-2",
      "eu-north-1",     "eu-south-1",     "eu-south-2",     "eu-west-1",      "eu-west-2",
      "eu-west-3",      "il-central-1",   "me-central-1",   "me-south-1",     "mx-central-1",
      "sa-east-1",      "us-east-2",      "us-gov-east-1",  "us-gov-west-1",  "us-west-1",
      "us-west-2"};
  return std::find(std::begin(kRegions), std::end(kRegions), name) != std::end(kRegions);
}

// Where the bucket is made. A region's own endpoint makes buckets of that region only; us-east-1 is
// the endpoint of all.
Result<std::string> region_of(const CreateBucketInput& input, const std::string& endpoint) {
  std::optional<std::string> asked;
  if (input.CreateBucketConfiguration) asked = input.CreateBucketConfiguration->LocationConstraint;
  if (asked && *asked == "EU") asked = "eu-west-1";
  const bool incompatible = endpoint != kGlobalRegion && asked.value_or("") != endpoint;
  if (!asked && !incompatible) return std::string(kGlobalRegion);
  if (asked && !is_known_region(*asked)) {
    ::tidemill::Error error =
        errors::InvalidLocationConstraint("The specified location-constraint is not valid");
    error.members =
        std::make_shared<const Document>(Document::Object{{"LocationConstraint", *asked}});
    return error;
  }
  if (incompatible) {
    return errors::IllegalLocationConstraintException(
        "The " + asked.value_or("unspecified") +
        " location constraint is incompatible for the region specific endpoint this request was "
        "sent to.");
  }
  return *asked;
}

Status check_new(const CreateBucketInput& input) {
  if (!is_bucket_name(input.Bucket)) {
    ::tidemill::Error error = errors::InvalidBucketName("The specified bucket is not valid.");
    error.members =
        std::make_shared<const Document>(Document::Object{{"BucketName", input.Bucket}});
    return error;
  }
  if (input.ACL && *input.ACL != "private") {
    return errors::InvalidBucketAclWithObjectOwnership(
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
  }
  if (input.ObjectLockEnabledForBucket.value_or(false)) {
    return errors::NotImplemented("Object Lock is not supported");
  }
  return ok();
}

// A bucket of that name is there.
Status check_taken(const BucketDefinition& bucket, const Scope& scope) {
  if (bucket.account != scope.account) {
    return errors::BucketAlreadyExists(
        "The requested bucket name is not available. The bucket namespace is shared by all users "
        "of the system. Please select a different name and try again.");
  }
  if (bucket.region == kGlobalRegion && scope.region == kGlobalRegion) return ok();
  ::tidemill::Error error = errors::BucketAlreadyOwnedByYou(
      "Your previous request to create the named bucket succeeded and you already own it.");
  error.members = std::make_shared<const Document>(Document::Object{{"BucketName", bucket.name}});
  return error;
}

size_t count_buckets(const kv::View& view, const std::string& account) {
  size_t count = 0;
  const auto cursor = view.scan_prefix(kv::Key(kv::Keyspace::kBuckets).bytes());
  for (; cursor->valid(); cursor->next()) {
    const std::string name = kv::KeyReader(cursor->key()).text();
    if (find_bucket(view, name)->account == account) ++count;
  }
  return count;
}

Result<BucketDefinition> new_bucket(Command& command, const CreateBucketInput& input,
                                    std::string region) {
  BucketDefinition bucket;
  bucket.name = input.Bucket;
  bucket.account = command.scope().account;
  bucket.region = std::move(region);
  bucket.created = command.now;
  bucket.ownership = default_ownership(input.ObjectOwnership.value_or("BucketOwnerEnforced"));
  bucket.public_access_block = default_public_access_block();
  if (input.CreateBucketConfiguration && input.CreateBucketConfiguration->Tags) {
    std::vector<std::pair<std::string, std::string>> tags;
    for (const Tag& tag : *input.CreateBucketConfiguration->Tags) {
      tags.emplace_back(tag.Key, tag.Value);
    }
    RETURN_IF_ERROR(check_tags(tags, kBucketTagsMax));
    bucket.tags = Tags(tags.begin(), tags.end());
  }
  return bucket;
}

}  // namespace

Result<CreateBucketOutput> CreateBucket(Command& command, CreateBucketInput input) {
  RETURN_IF_ERROR(check_new(input));
  auto region = region_of(input, command.scope().region);
  if (!region) return std::move(region).error();
  CreateBucketOutput output;
  output.Location = *region == kGlobalRegion ? "/" + input.Bucket
                                             : "http://" + input.Bucket + ".s3.amazonaws.com/";
  if (const auto taken = find_bucket(command.tx, input.Bucket)) {
    RETURN_IF_ERROR(check_taken(*taken, command.scope()));
    return output;
  }
  if (count_buckets(command.tx, command.scope().account) >= kBucketsMax) {
    return errors::TooManyBuckets("You have attempted to create more buckets than allowed");
  }
  const auto bucket = new_bucket(command, input, *std::move(region));
  if (!bucket) return bucket.error();
  put_bucket(command.tx, *bucket);
  return output;
}
OPERATION(CreateBucket);

}  // namespace tidemill::s3
