// https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html
#include "shapes/lambda/ListTags.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<ListTagsOutput> ListTags(const Query& query, ListTagsInput input) {
  const auto of = parse_function(query.scope(), input.Resource);
  if (!of) return of.error();
  const auto definition = find_function(query.view, *of);
  if (!definition) return function_not_found(*of);
  ListTagsOutput output;
  output.Tags = definition->tags;
  return output;
}

OPERATION(ListTags);

}  // namespace tidemill::lambda
