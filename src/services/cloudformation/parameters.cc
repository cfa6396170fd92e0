#include "services/cloudformation/parameters.h"

#include <algorithm>

#include "wire/java_regex.h"

namespace tidemill::cloudformation {
namespace {

Error refuse(const std::string& reason) { return errors::ValidationError(reason); }

bool is_list(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<");
}

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> out;
  size_t from = 0;
  while (from <= text.size()) {
    const size_t to = std::min(text.find(',', from), text.size());
    size_t first = from;
    size_t last = to;
    while (first < last && text[first] == ' ') ++first;
    while (last > first && text[last - 1] == ' ') --last;
    out.push_back(text.substr(first, last - first));
    from = to + 1;
  }
  return out;
}

std::optional<double> number_of(const std::string& text) {
  return Document(Document::Number{text}).to_double();
}

// AWS gives ConstraintDescription in place of its own words.
Error violates(const std::string& name, const Document& declaration, const std::string& reason) {
  const std::string own(declaration.text("ConstraintDescription"));
  return refuse("Parameter '" + name + "' " +
                (own.empty() ? reason : "must meet the constraint: " + own));
}

Status check_allowed(const std::string& name, const Document& declaration,
                     const std::string& value) {
  const Document* allowed = declaration.find("AllowedValues");
  if (!allowed || !allowed->is_array()) return ok();
  std::string all;
  for (const Document& each : allowed->as_array()) {
    if (scalar_of(&each) == value) return ok();
    all += (all.empty() ? "" : ", ") + scalar_of(&each);
  }
  return violates(name, declaration, "must be one of AllowedValues [" + all + "]");
}

Status check_bounds(const std::string& name, const Document& declaration,
                    const std::string& value) {
  const bool number = declaration.text("Type") == "Number";
  const auto size = number ? number_of(value) : static_cast<double>(value.size());
  if (!size) return refuse("Parameter '" + name + "' must be a number.");
  const std::string kind = number ? "Value" : "Length";
  const auto least = number_of(scalar_of(declaration.find("Min" + kind)));
  const auto most = number_of(scalar_of(declaration.find("Max" + kind)));
  const std::string what = number ? "a number " : "a string with length ";
  if (least && *size < *least) {
    return violates(
        name, declaration,
        "must be " + what + "not less than " + scalar_of(declaration.find("Min" + kind)));
  }
  if (most && *size > *most) {
    return violates(
        name, declaration,
        "must be " + what + "not greater than " + scalar_of(declaration.find("Max" + kind)));
  }
  return ok();
}

Status check_value(const std::string& name, const Document& declaration, const std::string& value) {
  const std::string type(declaration.text("Type"));
  if (type.starts_with("AWS::SSM::")) {
    return refuse("Parameter type " + type + " of " + name + " is not supported by Tidemill.");
  }
  const std::vector<std::string> values =
      is_list(type) ? split_list(value) : std::vector<std::string>{value};
  for (const std::string& each : values) {
    RETURN_IF_ERROR(check_allowed(name, declaration, each));
    if (type == "List<Number>" && !number_of(each)) {
      return refuse("Parameter '" + name + "' must be a list of numbers.");
    }
  }
  const std::string pattern(declaration.text("AllowedPattern"));
  if (!pattern.empty() && !matches_user_pattern(pattern, value).value_or(false)) {
    return violates(name, declaration, "must match pattern " + pattern);
  }
  return is_list(type) ? Status(ok()) : check_bounds(name, declaration, value);
}

}  // namespace

std::string scalar_of(const Document* value) {
  if (!value) return "";
  if (const auto* text = value->if_string()) return *text;
  if (const auto* number = value->if_number()) return number->token;
  if (const auto* flag = value->if_bool()) return *flag ? "true" : "false";
  return "";
}

bool is_no_echo(const Template& source, const std::string& parameter) {
  const Document* declaration = source.section("Parameters").find(parameter);
  return declaration && scalar_of(declaration->find("NoEcho")) == "true";
}

Result<std::map<std::string, std::string>> parameter_values(
    const Template& source, const std::map<std::string, GivenParameter>& given,
    const std::map<std::string, std::string>& previous) {
  std::map<std::string, std::string> out;
  std::string missing;
  for (const auto& [name, declaration] : source.section("Parameters").as_object()) {
    if (declaration.text("Type").empty()) {
      return refuse("Template format error: Every Parameters object must contain a Type member.");
    }
    const auto value = given.find(name);
    const auto before = previous.find(name);
    if (value != given.end() && !value->second.use_previous) {
      out[name] = value->second.value;
    } else if (value != given.end() && before != previous.end()) {
      out[name] = before->second;
    } else if (declaration.find("Default")) {
      out[name] = scalar_of(declaration.find("Default"));
    } else {
      missing += (missing.empty() ? "" : ", ") + name;
      continue;
    }
    RETURN_IF_ERROR(check_value(name, declaration, out[name]));
  }
  if (!missing.empty()) return refuse("Parameters: [" + missing + "] must have values");
  std::string unknown;
  for (const auto& [name, value] : given) {
    if (!out.contains(name)) unknown += (unknown.empty() ? "" : ", ") + name;
  }
  if (!unknown.empty()) return refuse("Parameters: [" + unknown + "] do not exist in the template");
  return out;
}

std::map<std::string, Document> parameter_documents(
    const Template& source, const std::map<std::string, std::string>& values) {
  std::map<std::string, Document> out;
  for (const auto& [name, value] : values) {
    const Document* declaration = source.section("Parameters").find(name);
    if (!declaration || !is_list(declaration->text("Type"))) {
      out[name] = value;
      continue;
    }
    Document& list = out[name] = Document::array();
    if (value.empty()) continue;
    for (std::string& each : split_list(value)) list.push(std::move(each));
  }
  return out;
}

}  // namespace tidemill::cloudformation
