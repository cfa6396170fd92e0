#include "services/dynamodb/parameters.h"

namespace tidemill::dynamodb {

Result<Placeholders> placeholders_from(
    const std::optional<std::map<std::string, std::string>>& names, const Document& values,
    const std::string& without_expressions) {
  if (!without_expressions.empty() && names) {
    return errors::ValidationException(
        "ExpressionAttributeNames can only be specified when using expressions");
  }
  if (!without_expressions.empty() && !values.is_null()) {
    return errors::ValidationException(
        "ExpressionAttributeValues can only be specified when using expressions: " +
        without_expressions);
  }
  return Placeholders::from(names ? &*names : nullptr, values.is_null() ? nullptr : &values);
}

Document answered_item(const Item& item, const std::optional<Paths>& paths) {
  return paths ? to_document(project(item, *paths)) : to_document(item);
}

}  // namespace tidemill::dynamodb
