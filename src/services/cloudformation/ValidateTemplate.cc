#include "shapes/cloudformation/ValidateTemplate.h"

#include "services/call/operation.h"
#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {

Result<ValidateTemplateOutput> ValidateTemplate(const Query&, ValidateTemplateInput input) {
  if (input.TemplateURL || !input.TemplateBody) {
    return errors::ValidationError("TemplateBody must be specified.");
  }
  const Result<Template> source = Template::parse(*input.TemplateBody);
  if (!source) return source.error();
  ValidateTemplateOutput output;
  if (!source->description().empty()) output.Description = source->description();
  auto& parameters = output.Parameters.emplace();
  for (const auto& [name, declaration] : source->section("Parameters").as_object()) {
    TemplateParameter& parameter = parameters.emplace_back();
    parameter.ParameterKey = name;
    if (const Document* value = declaration.find("Default")) {
      parameter.DefaultValue = scalar_of(value);
    }
    parameter.NoEcho = is_no_echo(*source, name);
    const std::string description(declaration.text("Description"));
    if (!description.empty()) parameter.Description = description;
  }
  if (const std::string needed = source->capability(); !needed.empty()) {
    output.Capabilities = std::vector<std::string>{needed};
    output.CapabilitiesReason = "The following resource(s) require capabilities: [AWS::IAM::*]";
  }
  return output;
}

OPERATION(ValidateTemplate);

}  // namespace tidemill::cloudformation
