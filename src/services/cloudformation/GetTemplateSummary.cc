#include "shapes/cloudformation/GetTemplateSummary.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {
namespace {

Result<std::string> wanted_template(const Query& query, const GetTemplateSummaryInput& input) {
  if (input.TemplateBody) return *input.TemplateBody;
  if (!input.StackName) {
    return errors::ValidationError("Either StackName or TemplateBody must be specified.");
  }
  const Result<StackDefinition> stack = stack_named(query.view, query.scope(), *input.StackName);
  if (!stack) return stack.error();
  return stack->Current.TemplateBody;
}

ParameterDeclaration shown(const Template& source, const std::string& name,
                           const Document& declaration) {
  ParameterDeclaration parameter;
  parameter.ParameterKey = name;
  parameter.ParameterType = std::string(declaration.text("Type"));
  if (const Document* value = declaration.find("Default")) {
    parameter.DefaultValue = scalar_of(value);
  }
  parameter.NoEcho = is_no_echo(source, name);
  const std::string description(declaration.text("Description"));
  if (!description.empty()) parameter.Description = description;
  ParameterConstraints& constraints = parameter.ParameterConstraints.emplace();
  const Document* allowed = declaration.find("AllowedValues");
  if (allowed && allowed->is_array()) {
    auto& values = constraints.AllowedValues.emplace();
    for (const Document& value : allowed->as_array()) values.push_back(scalar_of(&value));
  }
  return parameter;
}

}  // namespace

Result<GetTemplateSummaryOutput> GetTemplateSummary(const Query& query,
                                                    GetTemplateSummaryInput input) {
  const Result<std::string> text = wanted_template(query, input);
  if (!text) return text.error();
  const Result<Template> source = Template::parse(*text);
  if (!source) return source.error();
  GetTemplateSummaryOutput output;
  auto& parameters = output.Parameters.emplace();
  for (const auto& [name, declaration] : source->section("Parameters").as_object()) {
    parameters.push_back(shown(*source, name, declaration));
  }
  std::set<std::string> types;
  for (const TemplateResource& resource : source->resources()) types.insert(resource.type);
  output.ResourceTypes = std::vector<std::string>(types.begin(), types.end());
  output.Version = "2010-09-09";
  if (!source->description().empty()) output.Description = source->description();
  if (const std::string needed = source->capability(); !needed.empty()) {
    output.Capabilities = std::vector<std::string>{needed};
    output.CapabilitiesReason = "The following resource(s) require capabilities: [AWS::IAM::*]";
  }
  return output;
}

OPERATION(GetTemplateSummary);

}  // namespace tidemill::cloudformation
