#include "services/dynamodb/placeholders.h"

#include <algorithm>

namespace tidemill::dynamodb {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_holder(std::string_view key, char sign) {
  return key.size() > 1 && key.front() == sign &&
         std::all_of(key.begin() + 1, key.end(), is_word_byte);
}

Error bad_key(const char* parameter, const std::string& key) {
  return errors::ValidationException(std::string(parameter) +
                                     " contains invalid key: Syntax error; key: \"" + key + "\"");
}

template <class Map>
void list_unused(const Map& map, const std::set<std::string, std::less<>>& used, std::string& out) {
  for (const auto& [holder, ignored] : map) {
    if (used.count(holder)) continue;
    if (!out.empty()) out += ", ";
    out += holder;
  }
}

}  // namespace

Result<Placeholders> Placeholders::from(const std::map<std::string, std::string>* names,
                                        const Document* values) {
  Placeholders out;
  if (names) {
    if (names->empty()) {
      return errors::ValidationException("ExpressionAttributeNames must not be empty");
    }
    for (const auto& [holder, name] : *names) {
      if (!is_holder(holder, '#')) return bad_key("ExpressionAttributeNames", holder);
      out.names_.emplace(holder, name);
    }
  }
  const Document::Object* members = values ? values->if_object() : nullptr;
  if (!members) return out;
  if (members->empty()) {
    return errors::ValidationException("ExpressionAttributeValues must not be empty");
  }
  for (const auto& [holder, written] : *members) {
    if (!is_holder(holder, ':')) return bad_key("ExpressionAttributeValues", holder);
    auto value = value_from(written);
    if (!value && value.error().kind != ErrorKind::ValidationException) return value.error();
    if (!value) {
      return errors::ValidationException("ExpressionAttributeValues contains invalid value: " +
                                         value.error().message + " for key " + holder);
    }
    out.values_.insert_or_assign(holder, *std::move(value));
  }
  return out;
}

const std::string* Placeholders::name(std::string_view holder) {
  const auto found = names_.find(holder);
  if (found == names_.end()) return nullptr;
  used_.insert(found->first);
  return &found->second;
}

const AttributeValue* Placeholders::value(std::string_view holder) {
  const auto found = values_.find(holder);
  if (found == values_.end()) return nullptr;
  used_.insert(found->first);
  return &found->second;
}

Status Placeholders::check_all_used() const {
  std::string unused;
  list_unused(names_, used_, unused);
  if (!unused.empty()) {
    return errors::ValidationException(
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {" + unused + "}");
  }
  list_unused(values_, used_, unused);
  if (!unused.empty()) {
    return errors::ValidationException(
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {" + unused +
        "}");
  }
  return ok();
}

}  // namespace tidemill::dynamodb
