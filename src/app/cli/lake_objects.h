// Objects of S3, as the commands need them. Path-style addresses.
#pragma once

#include <string>
#include <vector>

#include "app/aws/client.h"

namespace tidemill::cli {

// ok when it is ours already.
Status create_bucket(aws::Client& client, const std::string& bucket, const std::string& region);
Status put_object(aws::Client& client, const std::string& bucket, const std::string& key,
                  std::string bytes);
Result<std::string> get_object(aws::Client& client, const std::string& bucket,
                               const std::string& key);
// Every key below the prefix, page by page.
Result<std::vector<std::string>> list_keys(aws::Client& client, const std::string& bucket,
                                           const std::string& prefix);

struct ObjectAddress {
  std::string bucket;
  std::string key;
};
// "s3://bucket/a/b"
ObjectAddress address_of(const std::string& url);

}  // namespace tidemill::cli
