#include "shapes/athena/ListWorkGroups.h"

#include "services/athena/paging.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<ListWorkGroupsOutput> ListWorkGroups(const Query& query, ListWorkGroupsInput input) {
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  auto page =
      page_of<WorkGroup>(query.view, work_groups_prefix(query.scope()), input.NextToken, max);
  if (!page) return std::move(page).error();
  // The primary group is stored only once it was changed.
  if (!input.NextToken) {
    bool stored = false;
    for (const WorkGroup& group : page->items) stored = stored || group.Name == kPrimary;
    auto primary = find_work_group(query.view, query.scope(), kPrimary);
    if (!stored && !query.view.get(work_group_key(query.scope(), kPrimary))) {
      page->items.insert(page->items.begin(), *std::move(primary));
    }
  }
  ListWorkGroupsOutput out;
  out.WorkGroups.emplace();
  for (WorkGroup& group : page->items) {
    WorkGroupSummary& summary = out.WorkGroups->emplace_back();
    summary.Name = group.Name;
    summary.State = group.State;
    summary.Description = group.Description.value_or("");
    summary.CreationTime = group.CreationTime;
    if (group.Configuration) summary.EngineVersion = group.Configuration->EngineVersion;
  }
  out.NextToken = std::move(page->next);
  return out;
}

OPERATION(ListWorkGroups);

}  // namespace tidemill::athena
