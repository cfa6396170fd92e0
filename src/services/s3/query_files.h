// Objects of S3 as the SQL engine reads them: one moment of the store, no copy, no HTTP. Whoever
// may read what is decided before: these files show every bucket of the view.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/objects.h"
#include "storage/columnar/object_files.h"

namespace tidemill::s3 {

struct ObjectName {
  std::string bucket;
  std::string key;
};
// "s3://bucket/key" (s3a and s3n too); nullopt when it is no such name. The key may be empty.
std::optional<ObjectName> parse_uri(std::string_view uri);

// Reads from any thread, blocking. Objects erased meanwhile stay readable as long as something pins
// them (objects::Pin); otherwise reading them answers NoSuchKey.
class QueryFiles : public columnar::ObjectFiles {
 public:
  QueryFiles(objects::Objects& objects, std::shared_ptr<const kv::View> view)
      : objects_(objects), view_(std::move(view)) {}

  Result<std::unique_ptr<columnar::ObjectReader>> open(const std::string& uri) override;
  Result<std::vector<columnar::ObjectStat>> list(const std::string& uri_prefix) override;

 private:
  objects::Objects& objects_;
  std::shared_ptr<const kv::View> view_;  // shared with whoever looks objects up for this query
};

}  // namespace tidemill::s3
