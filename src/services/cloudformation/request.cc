#include "services/cloudformation/request.h"

#include <algorithm>

#include "services/cloudformation/template_text.h"

namespace tidemill::cloudformation {
namespace {

Error refuse(const std::string& reason) { return errors::ValidationError(reason); }

std::map<std::string, GivenParameter> given_parameters(
    const std::optional<std::vector<Parameter>>& parameters) {
  std::map<std::string, GivenParameter> out;
  if (!parameters) return out;
  for (const Parameter& parameter : *parameters) {
    GivenParameter given{parameter.ParameterValue.value_or(""),
                         parameter.UsePreviousValue.value_or(false)};
    out[parameter.ParameterKey.value_or("")] = std::move(given);
  }
  return out;
}

Result<std::string> template_of(SourceRequest& request, const StackSource* previous) {
  if (request.TemplateURL) {
    return refuse("TemplateURL is not supported by Tidemill: give the template as TemplateBody.");
  }
  if (request.UsePreviousTemplate) {
    if (previous && !previous->TemplateBody.empty()) return previous->TemplateBody;
    return refuse("UsePreviousTemplate is only for a stack that has a template.");
  }
  if (!request.TemplateBody) {
    return refuse("Either Template URL or Template Body must be specified.");
  }
  if (request.TemplateBody->size() > kTemplateBytesMax) {
    return refuse(
        "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member "
        "must have length less than or equal to 51200");
  }
  return *std::move(request.TemplateBody);
}

Status check_capabilities(const Template& source, const std::vector<std::string>& given) {
  const std::string needed = source.capability();
  if (needed.empty()) return ok();
  const auto has = [&given](const char* name) {
    return std::find(given.begin(), given.end(), name) != given.end();
  };
  if (has("CAPABILITY_NAMED_IAM") || (needed == "CAPABILITY_IAM" && has("CAPABILITY_IAM"))) {
    return ok();
  }
  return errors::InsufficientCapabilitiesException("Requires capabilities : [" + needed + "]");
}

std::vector<std::string> changed_members(const Document& before, const Document& after) {
  std::vector<std::string> out;
  for (const auto& [name, value] : after.as_object()) {
    const Document* old = before.find(name);
    if (!old || !(*old == value)) out.push_back(name);
  }
  for (const auto& [name, value] : before.as_object()) {
    if (!after.find(name)) out.push_back(name);
  }
  return out;
}

ChangeRecord change_of(const char* action, const ResourceRecord& resource) {
  ChangeRecord change;
  change.Action = action;
  change.LogicalResourceId = resource.LogicalResourceId;
  change.PhysicalResourceId = resource.PhysicalResourceId;
  change.ResourceType = resource.ResourceType;
  return change;
}

}  // namespace

StackReferences::StackReferences(const kv::View& view, const Scope& scope,
                                 const std::string& stack_id)
    : view_(view), scope_(scope) {
  for (ResourceRecord& resource : resources_of(view, scope, stack_id)) {
    resources_.emplace(resource.LogicalResourceId, std::move(resource));
  }
}

const ResourceRecord* StackReferences::existing(const std::string& logical_id) const {
  const auto found = resources_.find(logical_id);
  return found != resources_.end() && found->second.exists() ? &found->second : nullptr;
}

std::optional<Document> StackReferences::ref(const std::string& logical_id) const {
  const ResourceRecord* resource = existing(logical_id);
  if (!resource) return std::nullopt;
  const Document* own = resource->Attributes.find("Ref");
  return own ? *own : Document(resource->PhysicalResourceId);
}

Result<std::optional<Document>> StackReferences::attribute(const std::string& logical_id,
                                                           const std::string& name) const {
  const ResourceRecord* resource = existing(logical_id);
  if (!resource) return std::optional<Document>();
  const Document* value = resource->Attributes.find(name);
  if (value && name != "Ref") return std::optional<Document>(*value);
  return refuse("Template error: resource " + logical_id + " does not support attribute type " +
                name + " in Fn::GetAtt");
}

std::optional<std::string> StackReferences::exported(const std::string& name) const {
  for (ExportRecord& each : exports_of(view_, scope_)) {
    if (each.Name == name) return std::move(each.Value);
  }
  return std::nullopt;
}

Result<StackSource> source_of(SourceRequest request, const StackSource* previous) {
  Result<std::string> text = template_of(request, previous);
  if (!text) return std::move(text).error();
  const Result<Template> source = Template::parse(*text);
  if (!source) return source.error();
  StackSource out;
  out.TemplateBody = *std::move(text);
  if (request.Capabilities) out.Capabilities = *std::move(request.Capabilities);
  RETURN_IF_ERROR(check_capabilities(*source, out.Capabilities));
  Result<Texts> values = parameter_values(*source, given_parameters(request.Parameters),
                                          previous ? previous->Parameters : Texts{});
  if (!values) return std::move(values).error();
  out.Parameters = *std::move(values);
  if (!request.Tags && previous) out.Tags = previous->Tags;
  if (request.Tags) {
    for (Tag& tag : *request.Tags) out.Tags[std::move(tag.Key)] = std::move(tag.Value);
  }
  return out;
}

Result<std::vector<StackOutput>> outputs_of(const kv::View& view, const Scope& scope,
                                            const StackDefinition& stack,
                                            const StackSource& source) {
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  if (!parsed) return parsed.error();
  const auto parameters = parameter_documents(*parsed, source.Parameters);
  const StackNames names{scope, stack.StackName, stack.StackId};
  const StackReferences references(view, scope, stack.StackId);
  const Intrinsics intrinsics(*parsed, parameters, names, references);
  std::vector<StackOutput> out;
  for (const auto& [key, declaration] : parsed->section("Outputs").as_object()) {
    const Result<bool> wanted = intrinsics.condition(std::string(declaration.text("Condition")));
    if (!wanted) return wanted.error();
    if (!*wanted) continue;
    const Document* value = declaration.find("Value");
    if (!value) return refuse("Template format error: Every Outputs member must contain a Value.");
    const Result<Document> resolved = intrinsics.resolve(*value);
    if (!resolved) return resolved.error();
    StackOutput output{key, scalar_of(&*resolved), std::string(declaration.text("Description")),
                       ""};
    const Document* exported = declaration.find("Export");
    if (const Document* name = exported ? exported->find("Name") : nullptr) {
      const Result<Document> text = intrinsics.resolve(*name);
      if (!text) return text.error();
      output.ExportName = scalar_of(&*text);
    }
    out.push_back(std::move(output));
  }
  for (const ExportRecord& other : exports_of(view, scope)) {
    for (const StackOutput& output : out) {
      if (output.ExportName == other.Name && other.ExportingStackId != stack.StackId) {
        return refuse("Export with name " + other.Name + " is already exported by stack " +
                      other.ExportingStackId + ". ");
      }
    }
  }
  return out;
}

Result<PlannedChanges> planned_changes(const kv::View& view, const Scope& scope,
                                       const StackDefinition& stack, const StackSource& source) {
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  if (!parsed) return parsed.error();
  const auto parameters = parameter_documents(*parsed, source.Parameters);
  const StackNames names{scope, stack.StackName, stack.StackId};
  const StackReferences references(view, scope, stack.StackId);
  const Intrinsics intrinsics(*parsed, parameters, names, references);
  PlannedChanges out;
  std::set<std::string> kept;
  for (const TemplateResource& resource : parsed->resources()) {
    const Result<bool> wanted = intrinsics.condition(resource.condition);
    if (!wanted) return wanted.error();
    if (!*wanted) continue;
    kept.insert(resource.logical_id);
    const Result<Document> properties = intrinsics.resolve(resource.properties);
    if (!properties) return properties.error();
    const auto existing = find_resource(view, scope, stack.StackId, resource.logical_id);
    if (!existing || !existing->exists()) {
      ChangeRecord& added = out.resources.emplace_back();
      added.Action = "Add";
      added.LogicalResourceId = resource.logical_id;
      added.ResourceType = resource.type;
      continue;
    }
    auto changed = changed_members(existing->Properties, *properties);
    if (changed.empty() && existing->ResourceType == resource.type) continue;
    ChangeRecord& modified = out.resources.emplace_back(change_of("Modify", *existing));
    modified.Properties = std::move(changed);
  }
  for (const ResourceRecord& resource : resources_of(view, scope, stack.StackId)) {
    if (resource.exists() && !kept.contains(resource.LogicalResourceId)) {
      out.resources.push_back(change_of("Remove", resource));
    }
  }
  const auto outputs = outputs_of(view, scope, stack, source);
  if (!outputs) return outputs.error();
  out.outputs = *outputs != stack.Outputs;
  out.tags = source.Tags != stack.Current.Tags;
  return out;
}

namespace {

// The operands of every Fn::ImportValue in `value`.
void collect_imports(const Document& value, std::vector<const Document*>& out) {
  if (const auto* elements = value.if_array()) {
    for (const Document& element : *elements) collect_imports(element, out);
  }
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.as_object()) {
    if (name == "Fn::ImportValue") out.push_back(&member);
    collect_imports(member, out);
  }
}

bool imports(const kv::View& view, const Scope& scope, const StackDefinition& stack,
             const std::string& export_name) {
  const Result<Template> parsed = Template::parse(stack.Current.TemplateBody);
  if (!parsed) return false;
  std::vector<const Document*> operands;
  collect_imports(parsed->section("Resources"), operands);
  collect_imports(parsed->section("Outputs"), operands);
  if (operands.empty()) return false;
  const auto parameters = parameter_documents(*parsed, stack.Current.Parameters);
  const StackNames names{scope, stack.StackName, stack.StackId};
  const StackReferences references(view, scope, stack.StackId);
  const Intrinsics intrinsics(*parsed, parameters, names, references);
  return std::any_of(operands.begin(), operands.end(), [&](const Document* operand) {
    const Result<Document> name = intrinsics.resolve(*operand);
    return name && scalar_of(&*name) == export_name;
  });
}

}  // namespace

std::vector<std::string> importers_of(const kv::View& view, const Scope& scope,
                                      const std::string& export_name) {
  std::vector<std::string> out;
  for (const StackDefinition& stack : stacks_of(view, scope)) {
    if (!stack.deleted() && imports(view, scope, stack, export_name)) {
      out.push_back(stack.StackName);
    }
  }
  return out;
}

std::string new_stack_id(const Scope& scope, const std::string& name, sys::Random& random) {
  return make_arn("cloudformation", scope, "stack/" + name + "/" + random.uuid());
}

Status check_stack_name(const std::string& name) {
  const bool letter = !name.empty() && std::isalpha(static_cast<unsigned char>(name[0]));
  const bool form = std::all_of(name.begin(), name.end(),
                                [](unsigned char c) { return std::isalnum(c) || c == '-'; });
  if (letter && form && name.size() <= 128) return ok();
  return refuse("1 validation error detected: Value '" + name +
                "' at 'stackName' failed to satisfy constraint: Member must satisfy regular "
                "expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
}

Status check_updatable(const StackDefinition& stack) {
  for (const char* status : {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}) {
    if (stack.StackStatus == status) return ok();
  }
  return refuse("Stack:" + stack.StackId + " is in " + stack.StackStatus +
                " state and can not be updated.");
}

std::vector<Parameter> shown_parameters(const StackSource& source) {
  std::vector<Parameter> out;
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  for (const auto& [name, value] : source.Parameters) {
    Parameter& parameter = out.emplace_back();
    parameter.ParameterKey = name;
    parameter.ParameterValue = parsed && is_no_echo(*parsed, name) ? "****" : value;
  }
  return out;
}

std::vector<Tag> shown_tags(const Texts& tags) {
  std::vector<Tag> out;
  for (const auto& [key, value] : tags) {
    Tag& tag = out.emplace_back();
    tag.Key = key;
    tag.Value = value;
  }
  return out;
}

void begin_create(Command& command, StackDefinition& stack, StackSource source) {
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  CHECK(parsed.has_value());
  stack.Description = parsed->description();
  stack.Current = std::move(source);
  set_status(command.tx, command.scope(), stack, "CREATE_IN_PROGRESS", "User Initiated",
             command.now, command.random().uuid());
}

void begin_update(Command& command, StackDefinition& stack, StackSource source) {
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  CHECK(parsed.has_value());
  stack.Previous = std::move(stack.Current);
  stack.Current = std::move(source);
  stack.Description = parsed->description();
  stack.updated_ms = command.now.milliseconds;
  set_status(command.tx, command.scope(), stack, "UPDATE_IN_PROGRESS", "User Initiated",
             command.now, command.random().uuid());
}

}  // namespace tidemill::cloudformation
