#include "shapes/athena/ListNamedQueries.h"

#include "services/athena/named_queries.h"
#include "services/athena/paging.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<ListNamedQueriesOutput> ListNamedQueries(const Query& query, ListNamedQueriesInput input) {
  const std::string group = input.WorkGroup.value_or(kPrimary);
  RETURN_IF_ERROR(require_work_group(query.view, query.scope(), group));
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  ListNamedQueriesOutput out;
  out.NamedQueryIds.emplace();
  auto page = page_of<NamedQuery>(query.view, named_queries_prefix(query.scope(), group),
                                  input.NextToken, max);
  if (!page) return std::move(page).error();
  for (const NamedQuery& named : page->items) out.NamedQueryIds->push_back(*named.NamedQueryId);
  out.NextToken = std::move(page->next);
  return out;
}

OPERATION(ListNamedQueries);

}  // namespace tidemill::athena
