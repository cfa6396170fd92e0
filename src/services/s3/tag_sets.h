// Between AWS's TagSet and the tags we keep.
#pragma once

#include <utility>
#include <vector>

#include "services/s3/attributes.h"
#include "shapes/s3/Tag.h"

namespace tidemill::s3 {

// InvalidTag or BadRequest, as AWS words them.
Result<Tags> tags_of(const std::vector<Tag>& set, size_t tags_max);
std::vector<Tag> tag_set(const Tags& tags);

}  // namespace tidemill::s3
