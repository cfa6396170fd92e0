#include "shapes/athena/BatchGetNamedQuery.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<BatchGetNamedQueryOutput> BatchGetNamedQuery(const Query& query,
                                                    BatchGetNamedQueryInput input) {
  BatchGetNamedQueryOutput out;
  out.NamedQueries.emplace();
  out.UnprocessedNamedQueryIds.emplace();
  for (const std::string& id : input.NamedQueryIds) {
    auto named = find_named_query(query.view, query.scope(), id);
    if (named) {
      out.NamedQueries->push_back(*std::move(named));
      continue;
    }
    UnprocessedNamedQueryId& unknown = out.UnprocessedNamedQueryIds->emplace_back();
    unknown.NamedQueryId = id;
    unknown.ErrorCode = "INVALID_INPUT";
    unknown.ErrorMessage = "Named query " + id + " was not found";
  }
  return out;
}

OPERATION(BatchGetNamedQuery);

}  // namespace tidemill::athena
