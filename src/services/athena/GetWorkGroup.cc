#include "shapes/athena/GetWorkGroup.h"

#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<GetWorkGroupOutput> GetWorkGroup(const Query& query, GetWorkGroupInput input) {
  auto group = require_work_group(query.view, query.scope(), input.WorkGroup);
  if (!group) return std::move(group).error();
  return GetWorkGroupOutput{.WorkGroup = *std::move(group)};
}

OPERATION(GetWorkGroup);

}  // namespace tidemill::athena
