// ExpressionAttributeNames and ExpressionAttributeValues of one request: "#n" -> attribute name,
// ":v" -> value, and which of them the expressions used.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "services/dynamodb/attribute_value.h"

namespace tidemill::dynamodb {

class Placeholders {
 public:
  Placeholders() = default;
  // Either may be null: not given. ValidationException for empty maps, bad keys and bad values.
  static Result<Placeholders> from(const std::map<std::string, std::string>* names,
                                   const Document* values);

  // nullptr when it is not defined. Remembers the use.
  const std::string* name(std::string_view holder);
  const AttributeValue* value(std::string_view holder);

  bool has_names() const { return !names_.empty(); }
  bool has_values() const { return !values_.empty(); }

  // ValidationException that lists what no expression used.
  Status check_all_used() const;

 private:
  std::map<std::string, std::string, std::less<>> names_;
  std::map<std::string, AttributeValue, std::less<>> values_;
  std::set<std::string, std::less<>> used_;
};

}  // namespace tidemill::dynamodb
