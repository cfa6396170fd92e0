#include "services/lambda/functions.h"

#include <fmt/format.h>

#include <algorithm>

#include "bootstraps/lambda_bootstraps.h"
#include "wire/json.h"

namespace tidemill::lambda {
namespace {

std::string pool_name(const FunctionReference& of, const FunctionVersion& version) {
  return of.function_arn() + ":" + version.configuration.Version.value_or("") + " " +
         version.configuration.RevisionId.value_or("") + " " + version.code;
}

std::string trace_id(Timestamp now, sys::Random& random) {
  return fmt::format("Root=1-{:08x}-{};Parent={};Sampled=0", now.milliseconds / 1000,
                     hex_encode(random.bytes(12)), hex_encode(random.bytes(8)));
}

Error throttled(const char* reason) {
  Error error = errors::TooManyRequestsException("Rate Exceeded.");
  Document members;
  members.set("Reason", reason);
  members.set("Type", "User");
  error.members = std::make_shared<const Document>(std::move(members));
  return error;
}

Status write_file(sys::Files& files, const std::string& path, std::string_view bytes) {
  auto file = files.create(path);
  if (!file) return std::move(file).error();
  return (*file)->append(bytes);
}

// The folder of the bootstraps of this start, written when it is missing.
Result<std::string> write_bootstraps(sys::Files& files, CodeStore& code) {
  auto folder = code.scratch("runtime");
  if (!folder) return folder;
  if (files.exists(*folder + "/bootstrap.mjs")) return folder;
  RETURN_IF_ERROR(write_file(files, *folder + "/bootstrap.py", kPythonBootstrap));
  RETURN_IF_ERROR(write_file(files, *folder + "/making", kNodeBootstrap));
  RETURN_IF_ERROR(files.rename(*folder + "/making", *folder + "/bootstrap.mjs"));
  return folder;
}

Result<ProcessPlace> prepare_place(sys::Files& files, CodeStore& code, const FunctionReference& of,
                                   const std::string& sha, const std::string& scratch) {
  ProcessPlace place;
  auto unpacked = code.unpacked(of, sha);
  if (!unpacked) return std::move(unpacked).error();
  place.code = *std::move(unpacked);
  auto bootstraps = write_bootstraps(files, code);
  if (!bootstraps) return std::move(bootstraps).error();
  place.bootstraps = *std::move(bootstraps);
  auto tmp = code.scratch(scratch);
  if (!tmp) return std::move(tmp).error();
  place.tmp = *std::move(tmp);
  return place;
}

}  // namespace

// Counts one running invocation for as long as it lives.
struct Functions::Permit {
  Permit(Functions& functions, const FunctionReference& of)
      : functions_(functions), scope_(of.scope), arn_(of.function_arn()) {
    ++functions_.running_[scope_];
    ++functions_.running_of_[arn_];
  }
  ~Permit() {
    if (--functions_.running_[scope_] == 0) functions_.running_.erase(scope_);
    if (--functions_.running_of_[arn_] == 0) functions_.running_of_.erase(arn_);
  }
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

 private:
  Functions& functions_;
  Scope scope_;
  std::string arn_;
};

Functions::Functions(tidemill::Environment& environment)
    : environment_(environment),
      code_(environment.files, environment.directory, hex_encode(environment.random.bytes(8))),
      logs_(environment) {
  environment_.loop.post([this] {
    auto clearing = environment_.loop.blocking([this] { return code_.remove_leftovers(); });
    // What cannot be removed only takes room; the next start tries again.
    start(std::move(clearing), [](const Status&) {});
  });
}

Functions::~Functions() {
  for (auto& [name, pool] : pools_) {
    for (const InstancePointer& instance : pool.idle) instance->kill();
  }
}

size_t Functions::running(const Scope& scope) const {
  const auto found = running_.find(scope);
  return found == running_.end() ? 0 : found->second;
}

Status Functions::admit(const FunctionReference& of, const std::optional<int32_t>& reserved) const {
  const auto found = running_of_.find(of.function_arn());
  const size_t own = found == running_of_.end() ? 0 : found->second;
  if (reserved && own >= static_cast<size_t>(*reserved)) {
    return throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
  }
  if (running(of.scope) >= static_cast<size_t>(kAccountConcurrency)) {
    return throttled("ConcurrentInvocationLimitExceeded");
  }
  return ok();
}

Task<bool> Functions::can_sandbox() {
  if (!sandbox_) {
    auto probe = environment_.processes.spawn(sandbox_probe(), [](std::string_view) {});
    if (!probe) {
      sandbox_ = false;
    } else {
      auto waiting = (*probe)->wait();
      const sys::ProcessEnd end = co_await std::move(waiting);
      sandbox_ = end.exit_code == 0;
    }
  }
  co_return *sandbox_;
}

Task<Result<ProcessPlace>> Functions::make_place(FunctionReference of, FunctionVersion version) {
  const std::string scratch = "tmp-" + std::to_string(++scratch_count_);
  auto work = [this, of, sha = version.code, scratch] {
    return prepare_place(environment_.files, code_, of, sha, scratch);
  };
  auto preparing = environment_.loop.blocking(std::move(work));
  Result<ProcessPlace> place = co_await std::move(preparing);
  if (!place) co_return place;
  auto probing = can_sandbox();
  place->sandboxed = co_await std::move(probing);
  co_return place;
}

Task<Result<Functions::InstancePointer>> Functions::start_instance(FunctionReference of,
                                                                   FunctionVersion version) {
  auto runtime = find_runtime(environment_.files, version.configuration.Runtime.value_or(""));
  if (!runtime) co_return std::move(runtime).error();
  auto making = make_place(of, version);
  Result<ProcessPlace> place = co_await std::move(making);
  if (!place) co_return std::move(place).error();
  auto instance = std::make_shared<Instance>(environment_, logs_, of, version);
  auto beginning = instance->begin(*runtime, *place, environment_.endpoint_url);
  co_await std::move(beginning);
  co_return instance;
}

Functions::InstancePointer Functions::take_idle(const std::string& pool) {
  const auto found = pools_.find(pool);
  if (found == pools_.end()) return nullptr;
  std::vector<InstancePointer>& idle = found->second.idle;
  while (!idle.empty()) {
    InstancePointer instance = std::move(idle.back());
    idle.pop_back();
    --idle_count_;
    environment_.loop.cancel(instance->idle_timer);
    if (instance->alive()) return instance;
  }
  return nullptr;
}

void Functions::drop_idle(const std::string& pool, Instance* instance) {
  const auto found = pools_.find(pool);
  if (found == pools_.end()) return;
  std::vector<InstancePointer>& idle = found->second.idle;
  const auto at = std::find_if(idle.begin(), idle.end(), [instance](const InstancePointer& one) {
    return one.get() == instance;
  });
  if (at == idle.end()) return;
  environment_.loop.cancel((*at)->idle_timer);
  (*at)->kill();
  idle.erase(at);
  --idle_count_;
  if (idle.empty()) pools_.erase(found);
}

void Functions::give_back(const std::string& pool, InstancePointer instance) {
  const auto found = pools_.find(pool);
  if (found == pools_.end() || !instance->alive()) {  // retired, or it has ended
    instance->kill();
    return;
  }
  Instance* raw = instance.get();
  instance->idle_timer =
      environment_.loop.after(kIdleMs, [this, pool, raw] { drop_idle(pool, raw); });
  idle_order_.emplace_back(pool, instance);
  found->second.idle.push_back(std::move(instance));
  ++idle_count_;
  while (idle_order_.size() > kIdleProcessesMax) {
    const auto [oldest_pool, oldest] = idle_order_.front();
    idle_order_.pop_front();
    const InstancePointer live = oldest.lock();
    if (live && idle_count_ > kIdleProcessesMax) drop_idle(oldest_pool, live.get());
  }
}

void Functions::retire(const FunctionReference& of) {
  for (auto pool = pools_.begin(); pool != pools_.end();) {
    if (pool->second.of.function_arn() != of.function_arn()) {
      ++pool;
      continue;
    }
    for (const InstancePointer& instance : pool->second.idle) {
      environment_.loop.cancel(instance->idle_timer);
      instance->kill();
      --idle_count_;
    }
    pool = pools_.erase(pool);
  }
}

Task<Result<Invocation>> Functions::invoke(Scope scope, std::string function_name_or_arn,
                                           std::string payload, InvokeOptions options) {
  auto of = parse_function(scope, function_name_or_arn, options.qualifier);
  if (!of) co_return std::move(of).error();
  const auto view = environment_.store.published();
  auto version = resolve_version(*view, *of, &environment_.random);
  if (!version) co_return std::move(version).error();
  const auto definition = find_function(*view, *of);
  if (!definition) co_return function_not_found(*of);
  CO_RETURN_IF_ERROR(admit(*of, definition->reserved_concurrency));
  const Permit permit(*this, *of);

  const std::string pool = pool_name(*of, *version);
  pools_[pool].of = *of;
  Invocation invocation;
  invocation.executed_version = version->configuration.Version.value_or("");
  invocation.request_id =
      options.request_id.empty() ? environment_.random.uuid() : options.request_id;
  InstancePointer instance = take_idle(pool);
  if (!instance) {
    auto starting = start_instance(*of, *version);
    auto started = co_await std::move(starting);
    if (!started) co_return std::move(started).error();
    instance = *std::move(started);
  }
  Outcome outcome;
  if (!instance->alive()) {
    outcome = {instance->init_failure(invocation.request_id), true, {}};
  } else {
    RuntimeInvocation event;
    event.request_id = invocation.request_id;
    event.payload = payload.empty() ? "{}" : std::move(payload);
    event.function_arn = of->arn();
    event.trace_id = trace_id(environment_.clock.now(), environment_.random);
    event.client_context = options.client_context;
    auto running = instance->run(std::move(event));
    outcome = co_await std::move(running);
  }
  give_back(pool, std::move(instance));
  invocation.payload = std::move(outcome.payload);
  if (outcome.failed) invocation.function_error = "Unhandled";
  invocation.log_tail = std::move(outcome.log_tail);
  co_return invocation;
}

}  // namespace tidemill::lambda
