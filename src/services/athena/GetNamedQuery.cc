#include "shapes/athena/GetNamedQuery.h"

#include "services/athena/named_queries.h"

namespace tidemill::athena {

Result<GetNamedQueryOutput> GetNamedQuery(const Query& query, GetNamedQueryInput input) {
  auto named = require_named_query(query.view, query.scope(), input.NamedQueryId);
  if (!named) return std::move(named).error();
  return GetNamedQueryOutput{.NamedQuery = *std::move(named)};
}

OPERATION(GetNamedQuery);

}  // namespace tidemill::athena
