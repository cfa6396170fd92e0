// What CreateStack, UpdateStack and CreateChangeSet have in common: from a request to the source of
// a stack, and from a source to the changes it makes.
#pragma once

#include "services/call/operation.h"
#include "services/cloudformation/intrinsics.h"
#include "services/cloudformation/parameters.h"
#include "services/cloudformation/stacks.h"
#include "shapes/cloudformation/Parameter.h"
#include "shapes/cloudformation/Tag.h"

namespace tidemill::cloudformation {

// The references of a template to resources of a stack that exist now, and to exports.
class StackReferences : public References {
 public:
  StackReferences(const kv::View& view, const Scope& scope, const std::string& stack_id);
  std::optional<Document> ref(const std::string& logical_id) const override;
  Result<std::optional<Document>> attribute(const std::string& logical_id,
                                            const std::string& name) const override;
  std::optional<std::string> exported(const std::string& name) const override;

 private:
  const ResourceRecord* existing(const std::string& logical_id) const;
  const kv::View& view_;
  const Scope& scope_;
  std::map<std::string, ResourceRecord> resources_;
};

struct SourceRequest {
  std::optional<std::string> TemplateBody;
  std::optional<std::string> TemplateURL;
  bool UsePreviousTemplate = false;
  std::optional<std::vector<Parameter>> Parameters;
  std::optional<std::vector<Tag>> Tags;
  std::optional<std::vector<std::string>> Capabilities;
};

// The source of a request, checked; `previous` is that of the stack it updates.
Result<StackSource> source_of(SourceRequest request, const StackSource* previous);

// What the source would change in a stack that is as `view` shows it. Evaluates every resource and
// output, so what cannot be resolved is refused here.
struct PlannedChanges {
  std::vector<ChangeRecord> resources;
  bool outputs = false;
  bool tags = false;
  bool any() const { return !resources.empty() || outputs || tags; }
};
Result<PlannedChanges> planned_changes(const kv::View& view, const Scope& scope,
                                       const StackDefinition& stack, const StackSource& source);

// The outputs of a stack whose resources exist. ValidationError: an export of that name belongs to
// another stack.
Result<std::vector<StackOutput>> outputs_of(const kv::View& view, const Scope& scope,
                                            const StackDefinition& stack,
                                            const StackSource& source);

// The names of the stacks that import an export.
std::vector<std::string> importers_of(const kv::View& view, const Scope& scope,
                                      const std::string& export_name);

std::string new_stack_id(const Scope& scope, const std::string& name, sys::Random& random);
Status check_stack_name(const std::string& name);
// ValidationError when the stack is not in one of the states in which it can be updated.
Status check_updatable(const StackDefinition& stack);
// Parameters as answers show them: values of NoEcho parameters are hidden.
std::vector<Parameter> shown_parameters(const StackSource& source);
std::vector<Tag> shown_tags(const Texts& tags);

// Starts to create, or to update, the stack from `source`; the worker does the rest.
void begin_create(Command& command, StackDefinition& stack, StackSource source);
void begin_update(Command& command, StackDefinition& stack, StackSource source);

}  // namespace tidemill::cloudformation
