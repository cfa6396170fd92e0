#include "services/dynamodb/tags.h"

namespace tidemill::dynamodb {

Result<Table> tagged_table(const kv::View& view, const Scope& scope, const std::string& arn) {
  const auto parsed = parse_arn(arn);
  if (!parsed || parsed->service != "dynamodb" || !parsed->resource.starts_with("table/")) {
    return errors::ValidationException("Invalid TableArn: Invalid ResourceArn provided as input " +
                                       arn);
  }
  Table table = parsed->scope == scope ? find_table(view, scope, table_name_of(arn)) : nullptr;
  if (table) return table;
  return errors::ResourceNotFoundException("Requested resource not found: ResourcArn: " + arn +
                                           " not found");
}

}  // namespace tidemill::dynamodb
