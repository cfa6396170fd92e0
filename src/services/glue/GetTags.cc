#include "shapes/glue/GetTags.h"

#include "services/glue/crawlers.h"
#include "services/glue/tags.h"

namespace tidemill::glue {

Result<GetTagsOutput> GetTags(const Query& query, GetTagsInput input) {
  GetTagsOutput output;
  output.Tags = tags_of(query.view, query.scope(), input.ResourceArn);
  return output;
}

OPERATION(GetTags);

}  // namespace tidemill::glue
