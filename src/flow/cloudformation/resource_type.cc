#include "flow/cloudformation/resource_type.h"

#include <algorithm>

#include "wire/json.h"

namespace tidemill::flow {
namespace {

std::string other_case(std::string name) {
  if (name.empty()) return name;
  const char c = name[0];
  if (c >= 'A' && c <= 'Z') name[0] = static_cast<char>(c - 'A' + 'a');
  if (c >= 'a' && c <= 'z') name[0] = static_cast<char>(c - 'a' + 'A');
  return name;
}

const Member* find_member(const Shape& shape, const std::string& name) {
  const std::string other = other_case(name);
  for (const Member& member : shape.members) {
    if (member.name == name || member.name == other) return &member;
  }
  return nullptr;
}

Status fit_structure(const Shape& shape, Document& value, const std::string& path) {
  if (!value.is_object()) return errors::ValidationError(path + " must be an object");
  for (auto& [name, member_value] : value.as_object()) {
    const Member* member = find_member(shape, name);
    if (!member) {
      return errors::ValidationError("Encountered unsupported property " +
                                     (path.empty() ? name : path + "." + name));
    }
    RETURN_IF_ERROR(
        fit_template_value(*member->shape, member_value, path.empty() ? name : path + "." + name));
    name = member->name;
  }
  return ok();
}

Status fit_number(Document& value, const std::string& path) {
  if (value.is_number()) return ok();
  const std::string* text = value.if_string();
  Document number{Document::Number{text ? *text : ""}};
  if (!text || !number.to_double()) return errors::ValidationError(path + " must be a number");
  value = std::move(number);
  return ok();
}

Status fit_boolean(Document& value, const std::string& path) {
  if (value.is_bool()) return ok();
  const std::string* text = value.if_string();
  if (!text || (*text != "true" && *text != "false")) {
    return errors::ValidationError(path + " must be true or false");
  }
  value = Document(*text == "true");
  return ok();
}

void fit_text(Document& value) {
  if (const auto* number = value.if_number()) {
    value = Document(std::string(number->token));
  } else if (const auto* flag = value.if_bool()) {
    value = Document(*flag ? "true" : "false");
  } else if (value.is_object() || value.is_array()) {
    value = Document(to_json(value));
  }
}

}  // namespace

Status fit_template_value(const Shape& shape, Document& value, const std::string& path) {
  if (shape.opaque) return ok();
  switch (shape.kind) {
    case ShapeKind::kStructure:
      return fit_structure(shape, value, path);
    case ShapeKind::kList:
      if (!value.is_array()) return errors::ValidationError(path + " must be a list");
      for (Document& element : value.as_array()) {
        RETURN_IF_ERROR(fit_template_value(*shape.element, element, path));
      }
      return ok();
    case ShapeKind::kMap:
      if (!value.is_object()) return errors::ValidationError(path + " must be an object");
      for (auto& [name, member] : value.as_object()) {
        RETURN_IF_ERROR(fit_template_value(*shape.element, member, path + "." + name));
      }
      return ok();
    case ShapeKind::kInteger:
    case ShapeKind::kLong:
    case ShapeKind::kFloat:
    case ShapeKind::kDouble:
      return fit_number(value, path);
    case ShapeKind::kBoolean:
      return fit_boolean(value, path);
    case ShapeKind::kString:
      fit_text(value);
      return ok();
    default:
      return ok();
  }
}

Task<Result<Document>> ResourceCall::call(std::string service, std::string operation,
                                          Document input) {
  Operation* found = environment.operations.find(service, operation);
  if (!found) {
    co_return errors::NotImplemented(service + "." + operation + " is not supported by Tidemill");
  }
  CO_RETURN_IF_ERROR(fit_template_value(*found->model().input, input, ""));
  Caller caller{scope, "", environment.random.uuid()};
  auto calling =
      environment.operations.call(service, operation, std::move(caller), std::move(input));
  Result<Document> answer = co_await std::move(calling);
  co_return std::move(answer);
}

Document ResourceCall::without(std::initializer_list<std::string_view> names) const {
  Document out = Document::object();
  for (const auto& [name, value] : properties.as_object()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) out.set(name, value);
  }
  return out;
}

bool ResourceCall::changed(std::string_view property) const {
  const Document* now = properties.find(property);
  const Document* then = before.find(property);
  if (!now || !then) return now != then;
  return !(*now == *then);
}

std::string ResourceCall::text(std::string_view property) const {
  const Document* value = properties.find(property);
  if (!value) return "";
  Document copy = *value;
  fit_text(copy);
  return copy.is_string() ? copy.as_string() : "";
}

int64_t ResourceCall::number(std::string_view property, int64_t otherwise) const {
  const std::string value = text(property);
  return Document(Document::Number{value}).to_int64().value_or(otherwise);
}

const ResourceType* find_resource_type(std::string_view name) {
  for (const ResourceType& type : resource_types()) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

std::string made_up_name(const ResourceType& type, const std::string& stack_name,
                         const std::string& logical_id, sys::Random& random) {
  constexpr size_t kSuffix = 12;
  std::string prefix = stack_name + "-" + logical_id;
  prefix.resize(std::min(prefix.size(), type.name_length_max - kSuffix - 1));
  std::string out = prefix + "-" + random.text(kSuffix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  if (!type.lower_case) return out;
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool needs_replacement(const ResourceType& type, const Document& before, const Document& after) {
  if (!type.update) return true;
  return std::any_of(type.replacing.begin(), type.replacing.end(), [&](std::string_view name) {
    const Document* then = before.find(name);
    const Document* now = after.find(name);
    return (then == nullptr) != (now == nullptr) || (then && !(*then == *now));
  });
}

Status check_properties(const ResourceType& type, const Document& properties) {
  for (const auto& [name, value] : properties.as_object()) {
    const auto& known = type.properties;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return errors::ValidationError("Encountered unsupported property " + name);
    }
  }
  return ok();
}

Task<Status> act(ResourceCall& call, std::string service, std::string operation, Document input) {
  auto calling = call.call(std::move(service), std::move(operation), std::move(input));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  co_return ok();
}

Task<Result<std::string>> make(ResourceCall& call, std::string service, std::string operation,
                               Document input) {
  auto acting = act(call, std::move(service), std::move(operation), std::move(input));
  Status done = co_await std::move(acting);
  if (!done) co_return std::move(done).error();
  co_return std::string();
}

Task<Result<std::string>> make_with_id(ResourceCall& call, std::string service,
                                       std::string operation, Document input,
                                       std::string id_member) {
  auto calling = call.call(std::move(service), std::move(operation), std::move(input));
  Result<Document> answer = co_await std::move(calling);
  if (!answer) co_return std::move(answer).error();
  co_return std::string(answer->text(id_member));
}

Task<Result<Made>> as_chosen(ResourceCall& call) {
  Made made{call.physical_id};
  co_return std::move(made);
}

Document object_of(std::string_view name, Document value) {
  Document out;
  out.set(name, std::move(value));
  return out;
}

Document tag_map(const Document* tags) {
  Document out = Document::object();
  if (!tags) return out;
  if (tags->is_object()) return *tags;
  if (!tags->is_array()) return out;
  for (const Document& tag : tags->as_array()) {
    const Document* value = tag.find("Value");
    out.set(tag.text("Key"), value ? *value : Document(""));
  }
  return out;
}

bool says_missing(const Error& error) {
  const std::string_view name = error.name();
  return name.find("NotFound") != std::string_view::npos || name.starts_with("NoSuch") ||
         error.message.find("not found") != std::string::npos ||
         error.message.find("does not exist") != std::string::npos;
}

bool says_existing(const Error& error) {
  const std::string_view name = error.name();
  return name.find("AlreadyExists") != std::string_view::npos ||
         name.find("AlreadyOwned") != std::string_view::npos || name == "ResourceInUseException" ||
         name == "ResourceConflictException" || name == "ConflictException" ||
         error.message.find("already exists") != std::string::npos;
}

}  // namespace tidemill::flow
