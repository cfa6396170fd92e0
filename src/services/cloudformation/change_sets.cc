#include "services/cloudformation/change_sets.h"

namespace tidemill::cloudformation {

Result<ChangeSetRecord> change_set_named(const kv::View& view, const Scope& scope,
                                         const std::string& name_or_id,
                                         const std::optional<std::string>& stack_name) {
  const Error missing =
      errors::ChangeSetNotFoundException("ChangeSet [" + name_or_id + "] does not exist");
  if (name_or_id.starts_with("arn:")) {
    for (const StackDefinition& stack : stacks_of(view, scope)) {
      for (ChangeSetRecord& each : change_sets_of(view, scope, stack.StackId)) {
        if (each.ChangeSetId == name_or_id) return std::move(each);
      }
    }
    return missing;
  }
  if (!stack_name) {
    return errors::ValidationError(
        "StackName must be specified if ChangeSetName is not specified "
        "as an ARN.");
  }
  const Result<StackDefinition> stack = stack_named(view, scope, *stack_name);
  if (!stack) return stack.error();
  auto found = find_change_set(view, scope, stack->StackId, name_or_id);
  if (!found) return missing;
  return *std::move(found);
}

}  // namespace tidemill::cloudformation
