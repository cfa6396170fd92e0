// What the answers of ListObjects and ListObjectsV2 have in common.
#pragma once

#include "services/s3/attributes.h"
#include "services/s3/listing.h"
#include "shapes/s3/Object.h"

namespace tidemill::s3 {

// An object as listings show it; the key in the encoding asked for.
Object listed(const ObjectEntry& entry, const std::optional<std::string>& encoding);

template <class Output, class Input>
void tell_listing(Output& output, const Input& input, const ListRequest& request,
                  const Listing& listing, const BucketDefinition& bucket, bool with_owner) {
  output.Name = input.Bucket;
  output.Prefix = encoded(input.EncodingType, request.prefix);
  if (!request.delimiter.empty()) {
    output.Delimiter = encoded(input.EncodingType, request.delimiter);
  }
  output.MaxKeys = static_cast<int32_t>(request.max);
  output.EncodingType = input.EncodingType;
  output.IsTruncated = listing.truncated;
  auto& contents = output.Contents.emplace();
  contents.reserve(listing.objects.size());
  const Owner owner{bucket.account, canonical_id(bucket.account)};
  for (const ObjectEntry& entry : listing.objects) {
    contents.push_back(listed(entry, input.EncodingType));
    if (with_owner) contents.back().Owner = owner;
  }
  auto& prefixes = output.CommonPrefixes.emplace();
  for (const std::string& prefix : listing.common_prefixes) {
    prefixes.emplace_back().Prefix = encoded(input.EncodingType, prefix);
  }
}

}  // namespace tidemill::s3
