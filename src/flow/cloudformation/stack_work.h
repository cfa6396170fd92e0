// The work on one stack, from IN_PROGRESS to its end. Each step first writes what it is about to
// do, does it, and writes that it is done, so that after a restart it goes on where it was: a
// creation that may have happened already is accepted when it finds its resource there.
//
//   create:  resources in order; on failure rollback (delete what was made), or as OnFailure says
//   update:  changed and new resources in order, then what was replaced or left out is deleted;
//            on failure back to the former source
//   delete:  backwards
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/cloudformation/resource_type.h"
#include "services/cloudformation/template.h"

namespace tidemill::flow {

class StackWork {
 public:
  StackWork(Environment& environment, Scope scope, std::string stack_id)
      : environment_(environment), scope_(std::move(scope)), stack_id_(std::move(stack_id)) {}

  // Until the stack is in no IN_PROGRESS status.
  Task<void> run();

 private:
  using Stack = cloudformation::StackDefinition;
  using Resource = cloudformation::ResourceRecord;
  using Resources = std::vector<Resource>;

  // What a resource is to become.
  struct Wanted {
    const cloudformation::TemplateResource* declared;
    Document properties;
  };

  Task<Status> create(Stack stack);
  Task<Status> update(Stack stack);
  Task<Status> clean_up(Stack stack, std::string end);
  Task<Status> roll_back_creation(Stack stack);
  Task<Status> roll_back_update(Stack stack);
  Task<Status> remove(Stack stack);
  Task<Status> step(Stack stack);

  // Brings every resource of `source` to what it says. The error is that of the first that failed.
  Task<Status> apply(Stack stack, cloudformation::StackSource source);
  Task<Status> apply_one(Stack stack, Wanted wanted, cloudformation::Texts tags);
  Task<Status> create_one(Stack stack, Resource resource, cloudformation::Texts tags, bool resumed);
  Task<Status> update_one(Stack stack, Resource resource, Wanted wanted,
                          cloudformation::Texts tags);
  // Reads the resource after an update and writes how it went.
  Task<Status> finish_update(Resource resource, const ResourceType& type, ResourceCall& call,
                             Status changed);
  Task<Status> restore_one(Stack stack, Resource resource);
  Task<Status> delete_one(Stack stack, Resource resource);
  Task<Status> delete_all(Stack stack, Resources resources);
  Task<Status> remove_physical(Resource resource, std::string physical_id, Document properties);

  Result<std::optional<Wanted>> wanted_of(const cloudformation::Template& parsed,
                                          const cloudformation::TemplateResource& declared,
                                          const cloudformation::StackSource& source,
                                          const Stack& stack);
  ResourceCall call_for(const Stack& stack, const Resource& resource,
                        cloudformation::Texts tags) const;
  // Writes a resource's status with its event.
  Task<Status> record(Resource resource, std::string status, std::string reason);
  Task<Status> forget(Resource resource);
  // Writes the stack's status with its event; `change` may set more of the stack.
  Task<Status> finish(std::string status, std::string reason, void (*change)(Stack&) = nullptr);
  Task<Status> store_outputs();
  std::optional<Stack> stored() const;
  Resources resources() const;  // by order of creation

  Environment& environment_;
  Scope scope_;
  std::string stack_id_;
  std::string failed_;  // logical ids that failed in this pass
};

}  // namespace tidemill::flow
