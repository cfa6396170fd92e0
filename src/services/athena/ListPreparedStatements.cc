#include "shapes/athena/ListPreparedStatements.h"

#include "services/athena/named_queries.h"
#include "services/athena/paging.h"
#include "services/athena/work_groups.h"

namespace tidemill::athena {

Result<ListPreparedStatementsOutput> ListPreparedStatements(const Query& query,
                                                            ListPreparedStatementsInput input) {
  RETURN_IF_ERROR(require_work_group(query.view, query.scope(), input.WorkGroup));
  const auto max = static_cast<size_t>(input.MaxResults.value_or(50));
  ListPreparedStatementsOutput out;
  out.PreparedStatements.emplace();
  auto page = page_of<PreparedStatement>(
      query.view, prepared_statements_prefix(query.scope(), input.WorkGroup), input.NextToken, max);
  if (!page) return std::move(page).error();
  for (const PreparedStatement& statement : page->items) {
    PreparedStatementSummary& summary = out.PreparedStatements->emplace_back();
    summary.StatementName = statement.StatementName;
    summary.LastModifiedTime = statement.LastModifiedTime;
  }
  out.NextToken = std::move(page->next);
  return out;
}

OPERATION(ListPreparedStatements);

}  // namespace tidemill::athena
