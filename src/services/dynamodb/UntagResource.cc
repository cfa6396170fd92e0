// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html
#include "shapes/dynamodb/UntagResource.h"

#include <algorithm>

#include "services/call/operation.h"
#include "services/dynamodb/tags.h"

namespace tidemill::dynamodb {

Result<UntagResourceOutput> UntagResource(Command& command, UntagResourceInput input) {
  auto found = tagged_table(command.tx, command.scope(), input.ResourceArn);
  if (!found) return std::move(found).error();
  if (input.TagKeys.empty()) {
    return errors::ValidationException("Atleast one Tag Key needs to be provided as Input.");
  }
  TableDefinition table = **found;
  std::erase_if(table.tags, [&](const TableTag& tag) {
    return std::find(input.TagKeys.begin(), input.TagKeys.end(), tag.key) != input.TagKeys.end();
  });
  put_table(command.tx, command.scope(), table);
  return UntagResourceOutput{};
}

OPERATION(UntagResource);

}  // namespace tidemill::dynamodb
