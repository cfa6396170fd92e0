#include "services/s3/tag_sets.h"

namespace tidemill::s3 {

Result<Tags> tags_of(const std::vector<Tag>& set, size_t tags_max) {
  std::vector<std::pair<std::string, std::string>> tags;
  for (const Tag& tag : set) tags.emplace_back(tag.Key, tag.Value);
  RETURN_IF_ERROR(check_tags(tags, tags_max));
  return Tags(tags.begin(), tags.end());
}

std::vector<Tag> tag_set(const Tags& tags) {
  std::vector<Tag> set;
  for (const auto& [key, value] : tags) {
    Tag& tag = set.emplace_back();
    tag.Key = key;
    tag.Value = value;
  }
  return set;
}

}  // namespace tidemill::s3
