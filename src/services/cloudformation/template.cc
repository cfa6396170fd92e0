#include "services/cloudformation/template.h"

#include <algorithm>
#include <functional>

#include "services/cloudformation/template_text.h"

namespace tidemill::cloudformation {
namespace {

Error refuse(const std::string& reason) { return errors::ValidationError(reason); }
Error malformed(const std::string& reason) { return refuse("Template format error: " + reason); }

constexpr std::string_view kSections[] = {"AWSTemplateFormatVersion",
                                          "Description",
                                          "Metadata",
                                          "Parameters",
                                          "Rules",
                                          "Mappings",
                                          "Conditions",
                                          "Transform",
                                          "Resources",
                                          "Outputs"};
constexpr std::string_view kAttributes[] = {"Type",      "Properties",     "DependsOn",
                                            "Condition", "DeletionPolicy", "UpdateReplacePolicy",
                                            "Metadata"};

bool is_alphanumeric(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

template <size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string joined(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

std::vector<SubPiece> split_sub(std::string_view text) {
  std::vector<SubPiece> out;
  std::string literal;
  for (size_t at = 0; at < text.size();) {
    const size_t close =
        text.substr(at, 2) == "${" ? text.find('}', at + 2) : std::string_view::npos;
    if (close == std::string_view::npos) {
      literal += text[at++];
      continue;
    }
    const std::string_view name = text.substr(at + 2, close - at - 2);
    if (name.starts_with("!")) {  // ${!Literal} is ${Literal}
      literal += "${" + std::string(name.substr(1)) + "}";
    } else {
      if (!literal.empty()) out.push_back({std::move(literal)});
      literal.clear();
      out.push_back({std::string(name), true});
    }
    at = close + 1;
  }
  if (!literal.empty()) out.push_back({std::move(literal)});
  return out;
}

namespace {

void collect_sub(const Document& value, std::set<std::string>& out) {
  const auto* parts = value.if_array();
  const Document* text = parts && !parts->empty() ? &parts->front() : &value;
  const Document* variables = parts && parts->size() > 1 ? &(*parts)[1] : nullptr;
  if (!text->is_string()) return;
  for (const SubPiece& piece : split_sub(text->as_string())) {
    if (piece.is_name && !(variables && variables->find(piece.text))) {
      out.insert(piece.text.substr(0, piece.text.find('.')));
    }
  }
  if (variables) collect_references(*variables, out);
}

}  // namespace

void collect_references(const Document& value, std::set<std::string>& out) {
  if (const auto* elements = value.if_array()) {
    for (const Document& element : *elements) collect_references(element, out);
    return;
  }
  const auto* members = value.if_object();
  if (!members) return;
  if (members->size() == 1) {
    const auto& [name, operand] = members->front();
    if (name == "Ref" && operand.is_string()) {
      out.insert(operand.as_string());
      return;
    }
    if (name == "Fn::Sub") return collect_sub(operand, out);
    if (name == "Fn::GetAtt") {
      const auto* parts = operand.if_array();
      const Document* target = parts && !parts->empty() ? &parts->front() : &operand;
      if (const auto* text = target->if_string()) out.insert(text->substr(0, text->find('.')));
      if (parts && parts->size() > 1) collect_references((*parts)[1], out);
      return;
    }
  }
  for (const auto& member : *members) collect_references(member.second, out);
}

const Document& Template::section(std::string_view name) const {
  const Document* found = root_.find(name);
  return found && found->is_object() ? *found : empty_;
}

const TemplateResource* Template::find(std::string_view logical_id) const {
  for (const TemplateResource& resource : resources_) {
    if (resource.logical_id == logical_id) return &resource;
  }
  return nullptr;
}

Status Template::read_resource(const std::string& id, const Document& value) {
  if (!is_alphanumeric(id)) {
    return malformed("Resource name " + id + " is non alphanumeric.");
  }
  if (!value.is_object()) return malformed("[/Resources/" + id + "] must be an object");
  for (const auto& [name, attribute] : value.as_object()) {
    if (!is_one_of(name, kAttributes)) {
      return refuse("Invalid template resource property '" + name + "'");
    }
  }
  TemplateResource resource;
  resource.logical_id = id;
  resource.type = value.text("Type");
  if (resource.type.empty()) {
    return malformed("[/Resources/" + id + "] Every Resources object must contain a Type member.");
  }
  const Document* properties = value.find("Properties");
  resource.properties = properties ? *properties : Document::object();
  if (!resource.properties.is_object()) {
    return malformed("[/Resources/" + id + "/Properties] must be an object");
  }
  resource.condition = value.text("Condition");
  resource.deletion_policy = value.text("DeletionPolicy");
  resource.update_replace_policy = value.text("UpdateReplacePolicy");
  if (const Document* depends = value.find("DependsOn")) {
    if (depends->is_string()) resource.depends_on.insert(depends->as_string());
    for (const Document& each : depends->is_array() ? depends->as_array() : Document::Array{}) {
      if (each.is_string()) resource.depends_on.insert(each.as_string());
    }
  }
  collect_references(resource.properties, resource.depends_on);
  resources_.push_back(std::move(resource));
  return ok();
}

Status Template::check_references() const {
  std::set<std::string> missing;
  for (const TemplateResource& resource : resources_) {
    for (const std::string& name : resource.depends_on) {
      if (!name.starts_with("AWS::") && !section("Parameters").find(name) && !find(name)) {
        missing.insert(name);
      }
    }
    if (!resource.condition.empty() && !section("Conditions").find(resource.condition)) {
      return malformed("Unresolved condition dependency " + resource.condition +
                       " in the Resources block of the template");
    }
  }
  if (!missing.empty()) {
    return malformed("Unresolved resource dependencies [" + joined(missing) +
                     "] in the Resources block of the template");
  }
  collect_references(section("Outputs"), missing);
  std::erase_if(missing, [this](const std::string& name) {
    return name.starts_with("AWS::") || section("Parameters").find(name) || find(name);
  });
  if (missing.empty()) return ok();
  return malformed("Unresolved resource dependencies [" + joined(missing) +
                   "] in the Outputs block of the template");
}

Status Template::sort_resources() {
  for (TemplateResource& resource : resources_) {  // of references, only those to resources count
    std::erase_if(resource.depends_on, [this](const std::string& name) { return !find(name); });
  }
  std::vector<TemplateResource> sorted;
  std::set<std::string> done;
  while (sorted.size() < resources_.size()) {
    const size_t before = sorted.size();
    for (const TemplateResource& resource : resources_) {
      if (done.contains(resource.logical_id)) continue;
      const bool free = std::includes(done.begin(), done.end(), resource.depends_on.begin(),
                                      resource.depends_on.end());
      if (!free) continue;
      done.insert(resource.logical_id);
      sorted.push_back(resource);
    }
    if (sorted.size() > before) continue;
    std::set<std::string> circle;
    for (const TemplateResource& resource : resources_) {
      if (!done.contains(resource.logical_id)) circle.insert(resource.logical_id);
    }
    return refuse("Circular dependency between resources: [" + joined(circle) + "]");
  }
  resources_ = std::move(sorted);
  return ok();
}

Status Template::read_sections() {
  for (const auto& [name, value] : root_.as_object()) {
    if (!is_one_of(name, kSections)) {
      return refuse("Invalid template property or properties [" + name + "]");
    }
  }
  if (root_.find("Transform")) {
    return refuse("Transform is not supported by Tidemill: give the template that it makes.");
  }
  if (root_.find("Rules")) return refuse("The section Rules is not supported by Tidemill.");
  const Document* version = root_.find("AWSTemplateFormatVersion");
  if (version && !(version->is_string() && version->as_string() == "2010-09-09")) {
    return malformed("unsupported value for AWSTemplateFormatVersion.");
  }
  const Document* resources = root_.find("Resources");
  if (!resources || !resources->is_object() || resources->as_object().empty()) {
    return malformed("At least one Resources member must be defined.");
  }
  if (resources->as_object().size() > kResourcesMax) {
    return malformed("Number of resources is greater than maximum allowed, 500");
  }
  for (const auto& [id, value] : resources->as_object()) {
    RETURN_IF_ERROR(read_resource(id, value));
  }
  return ok();
}

Result<Template> Template::parse(std::string_view text) {
  Result<Document> root = parse_template_text(text);
  if (!root) return std::move(root).error();
  Template out;
  out.root_ = *std::move(root);
  RETURN_IF_ERROR(out.read_sections());
  RETURN_IF_ERROR(out.check_references());
  RETURN_IF_ERROR(out.sort_resources());
  if (out.section("Parameters").as_object().size() > kParametersMax ||
      out.section("Outputs").as_object().size() > kOutputsMax) {
    return malformed("Too many parameters or outputs");
  }
  return out;
}

std::string Template::capability() const {
  std::string out;
  for (const TemplateResource& resource : resources_) {
    if (!resource.type.starts_with("AWS::IAM::")) continue;
    const bool named =
        resource.properties.find("RoleName") || resource.properties.find("ManagedPolicyName") ||
        resource.properties.find("UserName") || resource.properties.find("GroupName");
    if (named) return "CAPABILITY_NAMED_IAM";
    out = "CAPABILITY_IAM";
  }
  return out;
}

}  // namespace tidemill::cloudformation
