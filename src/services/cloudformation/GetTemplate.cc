#include "shapes/cloudformation/GetTemplate.h"

#include "services/call/operation.h"
#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {

Result<GetTemplateOutput> GetTemplate(const Query& query, GetTemplateInput input) {
  GetTemplateOutput output;
  output.StagesAvailable = std::vector<std::string>{"Original", "Processed"};
  if (input.ChangeSetName) {
    const Result<ChangeSetRecord> change_set =
        change_set_named(query.view, query.scope(), *input.ChangeSetName, input.StackName);
    if (!change_set) return change_set.error();
    output.TemplateBody = change_set->Source.TemplateBody;
    return output;
  }
  if (!input.StackName) return errors::ValidationError("StackName is required.");
  const Result<StackDefinition> stack = stack_named(query.view, query.scope(), *input.StackName);
  if (!stack) return stack.error();
  output.TemplateBody = stack->Current.TemplateBody;
  return output;
}

OPERATION(GetTemplate);

}  // namespace tidemill::cloudformation
