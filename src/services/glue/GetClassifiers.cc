#include "shapes/glue/GetClassifiers.h"

#include "services/glue/crawlers.h"
#include "services/glue/paging.h"

namespace tidemill::glue {

Result<GetClassifiersOutput> GetClassifiers(const Query& query, GetClassifiersInput input) {
  auto start = page_start(input.NextToken);
  if (!start) return std::move(start).error();
  GetClassifiersOutput output;
  output.Classifiers =
      page_of(classifiers_of(query.view, query.scope()), *start,
              static_cast<size_t>(input.MaxResults.value_or(100)), name_of, output.NextToken);
  return output;
}

OPERATION(GetClassifiers);

}  // namespace tidemill::glue
