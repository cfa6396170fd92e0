// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
#include "shapes/dynamodb/ListTables.h"

#include "services/call/operation.h"
#include "services/dynamodb/table_definition.h"

namespace tidemill::dynamodb {
namespace {
constexpr int kNamesMax = 100;
}

Result<ListTablesOutput> ListTables(const Query& query, ListTablesInput input) {
  const auto limit = static_cast<size_t>(input.Limit.value_or(kNamesMax));
  auto names =
      table_names(query.view, query.scope(), input.ExclusiveStartTableName.value_or(""), limit + 1);
  ListTablesOutput out;
  if (names.size() > limit) {
    names.resize(limit);
    out.LastEvaluatedTableName = names.back();
  }
  out.TableNames = std::move(names);
  return out;
}

OPERATION(ListTables);

}  // namespace tidemill::dynamodb
