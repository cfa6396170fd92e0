// The steps of StackWork that concern one resource.
#include <algorithm>

#include "flow/cloudformation/stack_work.h"
#include "wire/json.h"

namespace tidemill::flow {
namespace {

// As AWS words the error of a service in an event.
std::string reason_of(const Error& error) {
  return error.message + " (Error: " + std::string(error.name()) + ")";
}

int64_t next_order(const std::vector<cloudformation::ResourceRecord>& resources) {
  int64_t out = 0;
  for (const auto& resource : resources) out = std::max(out, resource.order + 1);
  return out;
}

std::string chosen_id(const ResourceType& type, const Document& properties,
                      const std::string& stack_name, const std::string& logical_id,
                      sys::Random& random) {
  if (type.name_property.empty()) return "";
  const std::string_view given = properties.text(type.name_property);
  return given.empty() ? made_up_name(type, stack_name, logical_id, random) : std::string(given);
}

}  // namespace

ResourceCall StackWork::call_for(const Stack& stack, const Resource& resource,
                                 cloudformation::Texts tags) const {
  ResourceCall call{environment_};
  call.scope = scope_;
  call.stack_name = stack.StackName;
  call.stack_id = stack.StackId;
  call.logical_id = resource.LogicalResourceId;
  call.physical_id = resource.PhysicalResourceId;
  call.properties = resource.Properties;
  if (resource.Before) call.before = resource.Before->Properties;
  call.stack_tags = std::move(tags);
  return call;
}

// An empty status writes the resource without an event.
Task<Status> StackWork::record(Resource resource, std::string status, std::string reason) {
  auto act = [this, &resource, &status, &reason](kv::Transaction& tx) -> Status {
    auto stack = cloudformation::find_stack(tx, scope_, stack_id_);
    CHECK(stack.has_value());
    if (!status.empty()) {
      resource.ResourceStatus = status;
      resource.ResourceStatusReason = reason;
      resource.changed_ms = environment_.clock.now().milliseconds;
    }
    cloudformation::put_resource(tx, scope_, stack_id_, resource);
    if (status.empty()) return ok();
    cloudformation::EventRecord event;
    event.EventId = resource.LogicalResourceId + "-" + status + "-" + environment_.random.uuid();
    event.LogicalResourceId = resource.LogicalResourceId;
    event.PhysicalResourceId = resource.PhysicalResourceId;
    event.ResourceType = resource.ResourceType;
    event.ResourceStatus = status;
    event.ResourceStatusReason = reason;
    event.ResourceProperties = to_json(resource.Properties);
    event.time_ms = resource.changed_ms;
    cloudformation::add_event(tx, scope_, *stack, std::move(event));
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

Task<Status> StackWork::forget(Resource resource) {
  auto act = [this, &resource](kv::Transaction& tx) -> Status {
    cloudformation::erase_resource(tx, scope_, stack_id_, resource.LogicalResourceId);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

Task<Status> StackWork::apply_one(Stack stack, Wanted wanted, cloudformation::Texts tags) {
  const auto view = environment_.store.published();
  auto existing =
      cloudformation::find_resource(*view, scope_, stack_id_, wanted.declared->logical_id);
  const std::string status = existing ? existing->ResourceStatus : "";
  if (status == "CREATE_IN_PROGRESS") {
    auto creating = create_one(std::move(stack), *std::move(existing), std::move(tags), true);
    co_return co_await std::move(creating);
  }
  if (existing && existing->exists()) {
    const bool settled = status.ends_with("_COMPLETE");
    if (settled && existing->Properties == wanted.properties &&
        existing->ResourceType == wanted.declared->type) {
      co_return ok();
    }
    auto updating =
        update_one(std::move(stack), *std::move(existing), std::move(wanted), std::move(tags));
    co_return co_await std::move(updating);
  }
  Resource resource;
  resource.LogicalResourceId = wanted.declared->logical_id;
  resource.ResourceType = wanted.declared->type;
  resource.Properties = std::move(wanted.properties);
  resource.DeletionPolicy = wanted.declared->deletion_policy;
  resource.UpdateReplacePolicy = wanted.declared->update_replace_policy;
  resource.DependsOn.assign(wanted.declared->depends_on.begin(), wanted.declared->depends_on.end());
  resource.order = next_order(resources());
  const ResourceType* type = find_resource_type(resource.ResourceType);
  Status known = type ? check_properties(*type, resource.Properties)
                      : Status(errors::ValidationError("Resource type " + resource.ResourceType +
                                                       " is not supported by Tidemill"));
  if (!known) {
    auto failing = record(resource, "CREATE_FAILED", known.error().message);
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(known).error();
  }
  resource.PhysicalResourceId = chosen_id(*type, resource.Properties, stack.StackName,
                                          resource.LogicalResourceId, environment_.random);
  auto recording = record(resource, "CREATE_IN_PROGRESS", "");
  const Status recording_done = co_await std::move(recording);
  if (!recording_done) co_return recording_done.error();
  auto creating = create_one(std::move(stack), std::move(resource), std::move(tags), false);
  co_return co_await std::move(creating);
}

Task<Status> StackWork::create_one(Stack stack, Resource resource, cloudformation::Texts tags,
                                   bool resumed) {
  const ResourceType* type = find_resource_type(resource.ResourceType);
  CHECK(type != nullptr);
  ResourceCall call = call_for(stack, resource, std::move(tags));
  auto creating = type->create(call);
  Result<std::string> created = co_await std::move(creating);
  const bool taken = !created && says_existing(created.error());
  if (!created && !(taken && resumed)) {
    // What exists already belongs to someone else: a rollback must not delete it.
    if (taken) resource.PhysicalResourceId.clear();
    auto failing = record(std::move(resource), "CREATE_FAILED", reason_of(created.error()));
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(created).error();
  }
  if (created && !created->empty()) call.physical_id = *created;
  resource.PhysicalResourceId = call.physical_id;
  auto reading = type->read(call);
  Result<Made> made = co_await std::move(reading);
  if (!made) {
    auto failing = record(std::move(resource), "CREATE_FAILED", reason_of(made.error()));
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(made).error();
  }
  resource.PhysicalResourceId = std::move(made->physical_id);
  resource.Attributes = std::move(made->attributes);
  auto recording = record(std::move(resource), "CREATE_COMPLETE", "");
  co_return co_await std::move(recording);
}

Task<Status> StackWork::update_one(Stack stack, Resource resource, Wanted wanted,
                                   cloudformation::Texts tags) {
  const ResourceType* type = find_resource_type(wanted.declared->type);
  Status possible = type ? check_properties(*type, wanted.properties)
                         : Status(errors::ValidationError("Resource type " + wanted.declared->type +
                                                          " is not supported by Tidemill"));
  const bool resumed = resource.Before.has_value();
  if (!resumed) {
    resource.Before = cloudformation::ResourceBefore{resource.PhysicalResourceId,
                                                     resource.Properties, resource.Attributes};
  }
  const bool replace =
      possible && (resource.ResourceType != wanted.declared->type ||
                   needs_replacement(*type, resource.Before->Properties, wanted.properties));
  resource.Properties = std::move(wanted.properties);
  resource.ResourceType = wanted.declared->type;
  resource.UpdateReplacePolicy = wanted.declared->update_replace_policy;
  resource.DeletionPolicy = wanted.declared->deletion_policy;
  if (replace && !resource.Before->replaced) {
    resource.PhysicalResourceId = chosen_id(*type, resource.Properties, stack.StackName,
                                            resource.LogicalResourceId, environment_.random);
    if (!type->name_property.empty() &&
        resource.PhysicalResourceId == resource.Before->PhysicalResourceId) {
      possible = errors::ValidationError(
          "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
          "Rename " +
          resource.PhysicalResourceId + " and update the stack again.");
    }
    resource.Before->replaced = possible.has_value();
  }
  if (!possible) {
    resource.Properties = resource.Before->Properties;
    resource.PhysicalResourceId = resource.Before->PhysicalResourceId;
    resource.Before.reset();
    auto failing = record(std::move(resource), "UPDATE_FAILED", possible.error().message);
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(possible).error();
  }
  auto beginning = record(resource, "UPDATE_IN_PROGRESS",
                          replace ? "Requested update requires the creation of a new physical "
                                    "resource; hence creating one."
                                  : "");
  const Status beginning_done = co_await std::move(beginning);
  if (!beginning_done) co_return beginning_done.error();
  ResourceCall call = call_for(stack, resource, std::move(tags));
  Status changed = ok();
  if (replace) {
    auto creating = type->create(call);
    Result<std::string> created = co_await std::move(creating);
    if (created && !created->empty()) call.physical_id = *created;
    if (!created && !(resumed && says_existing(created.error()))) changed = created.error();
  } else {
    auto updating = type->update(call);
    changed = co_await std::move(updating);
  }
  auto ending = finish_update(std::move(resource), *type, call, std::move(changed));
  co_return co_await std::move(ending);
}

Task<Status> StackWork::finish_update(Resource resource, const ResourceType& type,
                                      ResourceCall& call, Status changed) {
  Result<Made> made = errors::Internal("not read");
  if (changed) {
    auto reading = type.read(call);
    made = co_await std::move(reading);
  }
  if (!changed || !made) {
    Error error = changed ? made.error() : changed.error();
    auto failing = record(std::move(resource), "UPDATE_FAILED", reason_of(error));
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(error);
  }
  resource.PhysicalResourceId = std::move(made->physical_id);
  resource.Attributes = std::move(made->attributes);
  auto recording = record(std::move(resource), "UPDATE_COMPLETE", "");
  co_return co_await std::move(recording);
}

// Back to what the resource was before the update that failed.
Task<Status> StackWork::restore_one(Stack stack, Resource resource) {
  const ResourceType* type = find_resource_type(resource.ResourceType);
  CHECK(type != nullptr);
  const cloudformation::ResourceBefore before = *resource.Before;
  if (before.replaced) {
    const bool made = resource.PhysicalResourceId != before.PhysicalResourceId &&
                      !resource.PhysicalResourceId.empty();
    if (made) {
      auto removing = remove_physical(resource, resource.PhysicalResourceId, resource.Properties);
      const Status removing_done = co_await std::move(removing);
      if (!removing_done) co_return removing_done.error();
    }
    resource.PhysicalResourceId = before.PhysicalResourceId;
    resource.Properties = before.Properties;
    resource.Attributes = before.Attributes;
    resource.Before.reset();
    auto recording = record(std::move(resource), "UPDATE_COMPLETE", "");
    co_return co_await std::move(recording);
  }
  ResourceCall call = call_for(stack, resource, stack.Previous->Tags);
  call.before = resource.Properties;
  call.properties = before.Properties;
  resource.Properties = before.Properties;
  auto beginning = record(resource, "UPDATE_IN_PROGRESS", "");
  const Status beginning_done = co_await std::move(beginning);
  if (!beginning_done) co_return beginning_done.error();
  auto updating = type->update(call);
  Status updated = co_await std::move(updating);
  if (updated) resource.Before.reset();
  auto ending = finish_update(std::move(resource), *type, call, std::move(updated));
  co_return co_await std::move(ending);
}

Task<Status> StackWork::remove_physical(Resource resource, std::string physical_id,
                                        Document properties) {
  const ResourceType* type = find_resource_type(resource.ResourceType);
  if (!type || physical_id.empty()) co_return ok();
  resource.PhysicalResourceId = std::move(physical_id);
  resource.Properties = std::move(properties);
  ResourceCall call = call_for(Stack{.StackId = stack_id_}, resource, {});
  auto removing = type->remove(call);
  Status removed = co_await std::move(removing);
  if (!removed && says_missing(removed.error())) co_return ok();
  co_return std::move(removed);
}

Task<Status> StackWork::delete_one(Stack stack, Resource resource) {
  if (resource.ResourceStatus == "DELETE_COMPLETE" || resource.ResourceStatus == "DELETE_SKIPPED") {
    co_return ok();
  }
  const auto& retained = stack.RetainResources;
  const bool named =
      std::find(retained.begin(), retained.end(), resource.LogicalResourceId) != retained.end();
  const bool keeps =
      resource.DeletionPolicy == "Retain" || (resource.DeletionPolicy == "RetainExceptOnCreate" &&
                                              stack.StackStatus != "ROLLBACK_IN_PROGRESS");
  if (named || keeps) {
    auto ending = record(std::move(resource), "DELETE_SKIPPED", "");
    co_return co_await std::move(ending);
  }
  auto beginning = record(resource, "DELETE_IN_PROGRESS", "");
  const Status beginning_done = co_await std::move(beginning);
  if (!beginning_done) co_return beginning_done.error();
  if (resource.Before && resource.Before->replaced) {  // deleted while an update was not cleaned up
    auto former =
        remove_physical(resource, resource.Before->PhysicalResourceId, resource.Before->Properties);
    const Status former_done = co_await std::move(former);
    if (!former_done) co_return former_done.error();
  }
  auto removing = remove_physical(resource, resource.PhysicalResourceId, resource.Properties);
  Status removed = co_await std::move(removing);
  if (!removed) {
    auto failing = record(std::move(resource), "DELETE_FAILED", reason_of(removed.error()));
    const Status failing_done = co_await std::move(failing);
    if (!failing_done) co_return failing_done.error();
    co_return std::move(removed).error();
  }
  auto ending = record(std::move(resource), "DELETE_COMPLETE", "");
  co_return co_await std::move(ending);
}

}  // namespace tidemill::flow
