#include "shapes/athena/ListQueryExecutions.h"

#include "services/athena/executions.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<ListQueryExecutionsOutput> ListQueryExecutions(const Query& query,
                                                      ListQueryExecutionsInput input) {
  const std::string group = input.WorkGroup.value_or(kPrimary);
  RETURN_IF_ERROR(require_work_group(query.view, query.scope(), group));
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  auto page = list_executions(query.view, query.scope(), group, input.NextToken, max);
  if (!page) return std::move(page).error();
  ListQueryExecutionsOutput out;
  out.QueryExecutionIds = std::move(page->ids);
  out.NextToken = std::move(page->next);
  return out;
}

OPERATION(ListQueryExecutions);

}  // namespace tidemill::athena
