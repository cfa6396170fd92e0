#include "shapes/pipes/ListTagsForResource.h"

#include "services/call/operation.h"
#include "services/pipes/pipes.h"

namespace tidemill::pipes {

Result<ListTagsForResourceOutput> ListTagsForResource(const Query& query,
                                                      ListTagsForResourceInput input) {
  Result<PipeDefinition> pipe = pipe_of_arn(query.view, query.scope(), input.resourceArn);
  if (!pipe) return std::move(pipe).error();
  ListTagsForResourceOutput output;
  output.tags = pipe->Tags;
  return output;
}

OPERATION(ListTagsForResource);

}  // namespace tidemill::pipes
