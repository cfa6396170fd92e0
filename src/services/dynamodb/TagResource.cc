// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html
#include "shapes/dynamodb/TagResource.h"

#include <algorithm>

#include "services/call/operation.h"
#include "services/dynamodb/tags.h"

namespace tidemill::dynamodb {

Result<TagResourceOutput> TagResource(Command& command, TagResourceInput input) {
  auto found = tagged_table(command.tx, command.scope(), input.ResourceArn);
  if (!found) return std::move(found).error();
  if (input.Tags.empty()) {
    return errors::ValidationException("Atleast one Tag needs to be provided as Input.");
  }
  TableDefinition table = **found;
  for (const Tag& tag : input.Tags) {
    const auto same = [&](const TableTag& known) { return known.key == tag.Key; };
    const auto known = std::find_if(table.tags.begin(), table.tags.end(), same);
    if (known != table.tags.end()) {
      known->value = tag.Value;
    } else {
      table.tags.push_back({tag.Key, tag.Value});
    }
  }
  if (table.tags.size() > kTagsMax) {
    return errors::ValidationException(
        "One or more parameter values were invalid: Too many Tags: "
        "a table can have at most 50");
  }
  put_table(command.tx, command.scope(), table);
  return TagResourceOutput{};
}

OPERATION(TagResource);

}  // namespace tidemill::dynamodb
