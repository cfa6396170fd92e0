#include "flow/cloudformation/stack_work.h"

#include <algorithm>

#include "services/cloudformation/request.h"

namespace tidemill::flow {

using cloudformation::StackSource;
using cloudformation::Template;

namespace {

constexpr int64_t kRetryMs = 1000;  // after an error of the store

bool starts_rollback(const cloudformation::StackDefinition& stack) {
  return stack.OnFailure != "DO_NOTHING";
}

}  // namespace

std::optional<StackWork::Stack> StackWork::stored() const {
  return cloudformation::find_stack(*environment_.store.published(), scope_, stack_id_);
}

StackWork::Resources StackWork::resources() const {
  auto out = cloudformation::resources_of(*environment_.store.published(), scope_, stack_id_);
  std::sort(out.begin(), out.end(),
            [](const Resource& a, const Resource& b) { return a.order < b.order; });
  return out;
}

Task<void> StackWork::run() {
  while (true) {
    auto stack = stored();
    if (!stack || !stack->in_progress()) co_return;
    failed_.clear();
    auto stepping = step(*std::move(stack));
    const Status done = co_await std::move(stepping);
    if (done) continue;
    auto sleeping = environment_.loop.sleep(kRetryMs);
    co_await std::move(sleeping);
  }
}

Task<Status> StackWork::step(Stack stack) {
  const std::string status = stack.StackStatus;
  if (status == "CREATE_IN_PROGRESS") return create(std::move(stack));
  if (status == "UPDATE_IN_PROGRESS") return update(std::move(stack));
  if (status == "ROLLBACK_IN_PROGRESS") return roll_back_creation(std::move(stack));
  if (status == "UPDATE_ROLLBACK_IN_PROGRESS") return roll_back_update(std::move(stack));
  if (status == "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS") {
    return clean_up(std::move(stack), "UPDATE_COMPLETE");
  }
  if (status == "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS") {
    return clean_up(std::move(stack), "UPDATE_ROLLBACK_COMPLETE");
  }
  CHECK(status == "DELETE_IN_PROGRESS");
  return remove(std::move(stack));
}

Task<Status> StackWork::finish(std::string status, std::string reason, void (*change)(Stack&)) {
  auto act = [this, &status, &reason, change](kv::Transaction& tx) -> Status {
    auto stack = cloudformation::find_stack(tx, scope_, stack_id_);
    CHECK(stack.has_value());
    const Timestamp now = environment_.clock.now();
    if (status == "DELETE_COMPLETE") stack->deleted_ms = now.milliseconds;
    if (change) change(*stack);
    cloudformation::set_status(tx, scope_, *stack, status, reason, now, environment_.random.uuid());
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

Task<Status> StackWork::store_outputs() {
  auto act = [this](kv::Transaction& tx) -> Status {
    auto stack = cloudformation::find_stack(tx, scope_, stack_id_);
    CHECK(stack.has_value());
    auto outputs = cloudformation::outputs_of(tx, scope_, *stack, stack->Current);
    if (!outputs) return std::move(outputs).error();
    stack->Outputs = *std::move(outputs);
    cloudformation::put_stack(tx, scope_, *stack);
    return ok();
  };
  auto committing = environment_.store.command(std::move(act));
  Status committed = co_await std::move(committing);
  co_return std::move(committed);
}

Result<std::optional<StackWork::Wanted>> StackWork::wanted_of(
    const Template& parsed, const cloudformation::TemplateResource& declared,
    const StackSource& source, const Stack& stack) {
  const auto view = environment_.store.published();
  const auto parameters = cloudformation::parameter_documents(parsed, source.Parameters);
  const cloudformation::StackNames names{scope_, stack.StackName, stack.StackId};
  const cloudformation::StackReferences references(*view, scope_, stack.StackId);
  const cloudformation::Intrinsics intrinsics(parsed, parameters, names, references);
  const Result<bool> wanted = intrinsics.condition(declared.condition);
  if (!wanted) return wanted.error();
  if (!*wanted) return std::optional<Wanted>();
  Result<Document> properties = intrinsics.resolve(declared.properties);
  if (!properties) return std::move(properties).error();
  return std::optional<Wanted>(Wanted{&declared, *std::move(properties)});
}

Task<Status> StackWork::apply(Stack stack, StackSource source) {
  const Result<Template> parsed = Template::parse(source.TemplateBody);
  CHECK(parsed.has_value());
  for (const cloudformation::TemplateResource& declared : parsed->resources()) {
    Result<std::optional<Wanted>> wanted = wanted_of(*parsed, declared, source, stack);
    if (!wanted) {
      failed_ = declared.logical_id;
      co_return std::move(wanted).error();
    }
    if (!*wanted) continue;
    auto applying = apply_one(stack, **std::move(wanted), source.Tags);
    Status applied = co_await std::move(applying);
    if (applied) continue;
    failed_ = declared.logical_id;
    co_return std::move(applied).error();
  }
  co_return ok();
}

Task<Status> StackWork::create(Stack stack) {
  auto applying = apply(stack, stack.Current);
  Status done = co_await std::move(applying);
  if (done) {
    auto storing = store_outputs();
    done = co_await std::move(storing);
  }
  if (done) {
    auto ending = finish("CREATE_COMPLETE", "");
    co_return co_await std::move(ending);
  }
  const std::string reason =
      failed_.empty() ? done.error().message
                      : "The following resource(s) failed to create: [" + failed_ + "]. ";
  if (!starts_rollback(stack)) {
    auto ending = finish("CREATE_FAILED", reason);
    co_return co_await std::move(ending);
  }
  if (stack.OnFailure == "DELETE") {
    auto ending = finish("DELETE_IN_PROGRESS", reason + "Delete requested by user.");
    co_return co_await std::move(ending);
  }
  auto ending = finish("ROLLBACK_IN_PROGRESS", reason + "Rollback requested by user.");
  co_return co_await std::move(ending);
}

Task<Status> StackWork::update(Stack stack) {
  auto applying = apply(stack, stack.Current);
  Status done = co_await std::move(applying);
  if (done) {
    auto storing = store_outputs();
    done = co_await std::move(storing);
  }
  if (done) {
    auto ending = finish("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "");
    co_return co_await std::move(ending);
  }
  const std::string reason =
      failed_.empty() ? done.error().message
                      : "The following resource(s) failed to update: [" + failed_ + "]. ";
  if (!starts_rollback(stack)) {
    auto ending = finish("UPDATE_FAILED", reason);
    co_return co_await std::move(ending);
  }
  auto ending = finish("UPDATE_ROLLBACK_IN_PROGRESS", reason);
  co_return co_await std::move(ending);
}

Task<Status> StackWork::clean_up(Stack stack, std::string end) {
  const Result<Template> parsed = Template::parse(stack.Current.TemplateBody);
  CHECK(parsed.has_value());
  Resources backwards = resources();
  std::reverse(backwards.begin(), backwards.end());
  for (Resource& resource : backwards) {
    const auto* declared = parsed->find(resource.LogicalResourceId);
    bool wanted = false;
    if (declared) {
      const auto found = wanted_of(*parsed, *declared, stack.Current, stack);
      wanted = found && found->has_value();
    }
    if (!wanted) {
      auto deleting = delete_one(stack, resource);
      const Status deleted = co_await std::move(deleting);
      if (!deleted) continue;  // AWS leaves it; the events say so
      auto forgetting = forget(std::move(resource));
      const Status forgetting_done = co_await std::move(forgetting);
      if (!forgetting_done) co_return forgetting_done.error();
      continue;
    }
    if (!resource.Before) continue;
    if (resource.Before->replaced && resource.UpdateReplacePolicy != "Retain") {
      auto removing = remove_physical(resource, resource.Before->PhysicalResourceId,
                                      resource.Before->Properties);
      const Status removed = co_await std::move(removing);
      if (!removed) resource.ResourceStatusReason = removed.error().message;
    }
    resource.Before.reset();
    auto recording = record(resource, "", "");
    const Status recording_done = co_await std::move(recording);
    if (!recording_done) co_return recording_done.error();
  }
  auto ending = finish(end, "", [](Stack& changed) { changed.Previous.reset(); });
  co_return co_await std::move(ending);
}

Task<Status> StackWork::roll_back_creation(Stack stack) {
  auto deleting = delete_all(stack, resources());
  const Status deleted = co_await std::move(deleting);
  if (deleted) {
    auto ending = finish("ROLLBACK_COMPLETE", "");
    co_return co_await std::move(ending);
  }
  auto ending =
      finish("ROLLBACK_FAILED", "The following resource(s) failed to delete: [" + failed_ + "]. ");
  co_return co_await std::move(ending);
}

Task<Status> StackWork::roll_back_update(Stack stack) {
  CHECK(stack.Previous.has_value());
  Resources backwards = resources();
  std::reverse(backwards.begin(), backwards.end());
  for (Resource& resource : backwards) {
    if (!resource.Before) continue;
    const std::string id = resource.LogicalResourceId;
    auto restoring = restore_one(stack, std::move(resource));
    const Status restored = co_await std::move(restoring);
    if (restored) continue;
    auto ending = finish("UPDATE_ROLLBACK_FAILED",
                         "The following resource(s) failed to update: [" + id + "]. ");
    co_return co_await std::move(ending);
  }
  auto ending = finish("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "",
                       [](Stack& changed) { changed.Current = *changed.Previous; });
  co_return co_await std::move(ending);
}

Task<Status> StackWork::remove(Stack stack) {
  auto deleting = delete_all(stack, resources());
  const Status deleted = co_await std::move(deleting);
  if (deleted) {
    auto ending = finish("DELETE_COMPLETE", "");
    co_return co_await std::move(ending);
  }
  auto ending =
      finish("DELETE_FAILED", "The following resource(s) failed to delete: [" + failed_ + "]. ");
  co_return co_await std::move(ending);
}

Task<Status> StackWork::delete_all(Stack stack, Resources all) {
  std::reverse(all.begin(), all.end());
  Status out = ok();
  for (Resource& resource : all) {
    const std::string id = resource.LogicalResourceId;
    auto deleting = delete_one(stack, std::move(resource));
    Status deleted = co_await std::move(deleting);
    if (deleted) continue;
    failed_ += (failed_.empty() ? "" : ", ") + id;
    out = std::move(deleted);
  }
  co_return std::move(out);
}

}  // namespace tidemill::flow
