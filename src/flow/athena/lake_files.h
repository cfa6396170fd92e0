// Objects of S3 as the SQL engine reads them: one instant of the store, from any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/s3/objects.h"
#include "storage/columnar/object_files.h"

namespace tidemill::flow::athena {

class LakeFiles : public columnar::ObjectFiles {
 public:
  LakeFiles(objects::Objects& objects, std::shared_ptr<const kv::View> view)
      : objects_(objects), view_(std::move(view)) {}

  Result<std::unique_ptr<columnar::ObjectReader>> open(const std::string& uri) override;
  Result<std::vector<columnar::ObjectStat>> list(const std::string& uri_prefix) override;

  // Objects a table has below `location`, as Hive sees them: hidden names (_x, .x), folders and
  // empty objects are left out.
  std::vector<columnar::ObjectStat> table_files(const std::string& location) const;

  const kv::View& view() const { return *view_; }

 private:
  objects::Objects& objects_;
  std::shared_ptr<const kv::View> view_;
};

struct Location {
  std::string bucket;
  std::string key;
};
// "s3://bucket/key" (s3a and s3n too); nullopt when it is none.
std::optional<Location> parse_location(std::string_view uri);

}  // namespace tidemill::flow::athena
