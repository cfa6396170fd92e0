#include "shapes/s3/ListBuckets.h"

#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

bool is_asked_for(const BucketDefinition& bucket, const ListBucketsInput& input) {
  return bucket.name.starts_with(input.Prefix.value_or("")) &&
         bucket.region == input.BucketRegion.value_or(bucket.region);
}

}  // namespace

// Buckets lie by name; those of other accounts are passed over.
Result<ListBucketsOutput> ListBuckets(const Query& query, ListBucketsInput input) {
  std::string after;
  if (input.ContinuationToken && !input.ContinuationToken->empty()) {
    auto name = base64_decode(*input.ContinuationToken);
    if (!name) {
      return invalid_argument("The continuation token provided is incorrect", "continuation-token",
                              *input.ContinuationToken);
    }
    after = *std::move(name);
  }
  const std::string& account = query.scope().account;
  const size_t max = static_cast<size_t>(input.MaxBuckets.value_or(kBucketsMax));
  const bool paged = input.MaxBuckets || input.Prefix || input.BucketRegion;
  const std::string all = kv::Key(kv::Keyspace::kBuckets).bytes();

  ListBucketsOutput output;
  output.Owner.emplace();
  output.Owner->DisplayName = account;
  output.Owner->ID = canonical_id(account);
  output.Prefix = input.Prefix;
  auto& buckets = output.Buckets.emplace();
  const auto cursor =
      query.view.scan(after.empty() ? all : kv::prefix_end(bucket_key(after)), kv::prefix_end(all));
  for (; cursor->valid(); cursor->next()) {
    const auto found = find_bucket(query.view, kv::KeyReader(cursor->key()).text());
    if (found->account != account || !is_asked_for(*found, input)) continue;
    if (buckets.size() == max) {
      output.ContinuationToken = base64_encode(*buckets.back().Name);
      break;
    }
    Bucket& bucket = buckets.emplace_back();
    bucket.Name = found->name;
    bucket.CreationDate = found->created;
    if (paged) bucket.BucketRegion = found->region;
  }
  return output;
}
OPERATION(ListBuckets);

}  // namespace tidemill::s3
