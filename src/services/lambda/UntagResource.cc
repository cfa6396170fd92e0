// https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html
#include "shapes/lambda/UntagResource.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  const auto of = parse_function(command.scope(), input.Resource);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  for (const std::string& key : input.TagKeys) definition->tags.erase(key);
  put_function(command.tx, *of, *definition);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::lambda
