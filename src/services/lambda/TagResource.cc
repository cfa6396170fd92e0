// https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html
#include "shapes/lambda/TagResource.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

constexpr size_t kTagsMax = 50;

}  // namespace

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  const auto of = parse_function(command.scope(), input.Resource);
  if (!of) return of.error();
  auto definition = find_function(command.tx, *of);
  if (!definition) return function_not_found(*of);
  for (auto& [key, value] : input.Tags) definition->tags[key] = value;
  if (definition->tags.size() > kTagsMax) {
    return errors::InvalidParameterValueException("The resource would have more than 50 tags.");
  }
  put_function(command.tx, *of, *definition);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::lambda
