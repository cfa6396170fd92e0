// Functions: runs the functions of every account in warm processes (DESIGN D6). A part of the
// Environment; whoever invokes a function at once does it here:
//
//   auto invoking = environment.part<lambda::Functions>().invoke(scope, "orders", payload, {});
//   Result<lambda::Invocation> invocation = co_await std::move(invoking);
//
// An Error means that the function was not run (it does not exist, too many run already); what the
// function itself did wrong is `function_error`. Processes are kept per version and revision,
// one invocation each at a time; idle ones end after kIdleMs on the clock.
//
// Limits: kAccountConcurrency per account and region, and the function's reserved concurrency:
// TooManyRequestsException beyond. Loop thread only.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/call/environment.h"
#include "services/lambda/code.h"
#include "services/lambda/instance.h"

namespace tidemill::lambda {

inline constexpr size_t kPayloadBytesMax = 6 * 1024 * 1024;  // RequestResponse
inline constexpr size_t kEventPayloadBytesMax = 256 * 1024;  // Event
inline constexpr int64_t kIdleMs = 5 * 60 * 1000;
inline constexpr size_t kIdleProcessesMax = 64;  // of all functions together

struct InvokeOptions {
  std::optional<std::string> qualifier;
  std::string client_context;  // JSON
  std::string request_id;      // made when empty
};

struct Invocation {
  int status_code = 200;
  std::string payload;
  std::optional<std::string> function_error;  // "Unhandled"
  std::string log_tail;                       // the last 4 KB, plain
  std::string executed_version;
  std::string request_id;
};

class Functions {
 public:
  explicit Functions(tidemill::Environment& environment);
  ~Functions();

  Task<Result<Invocation>> invoke(Scope scope, std::string function_name_or_arn,
                                  std::string payload, InvokeOptions options);

  // After a change of the function's code or configuration: its idle processes end now, busy ones
  // when they are done.
  void retire(const FunctionReference& of);

  CodeStore& code() { return code_; }
  size_t running(const Scope& scope) const;

 private:
  using InstancePointer = std::shared_ptr<Instance>;
  struct Pool {
    FunctionReference of;
    std::vector<InstancePointer> idle;  // the warmest last
  };
  struct Permit;

  Status admit(const FunctionReference& of, const std::optional<int32_t>& reserved) const;
  Task<Result<InstancePointer>> start_instance(FunctionReference of, FunctionVersion version);
  Task<Result<ProcessPlace>> make_place(FunctionReference of, FunctionVersion version);
  Task<bool> can_sandbox();
  InstancePointer take_idle(const std::string& pool);
  void give_back(const std::string& pool, InstancePointer instance);
  void drop_idle(const std::string& pool, Instance* instance);
  Invocation failed(const FunctionVersion& version, std::string request_id, std::string payload);

  tidemill::Environment& environment_;
  CodeStore code_;
  LogWriter logs_;
  std::map<std::string, Pool> pools_;  // by version, revision and code
  std::map<Scope, size_t> running_;
  std::map<std::string, size_t> running_of_;                                // by function ARN
  std::deque<std::pair<std::string, std::weak_ptr<Instance>>> idle_order_;  // oldest first
  size_t idle_count_ = 0;
  std::optional<bool> sandbox_;
  uint64_t scratch_count_ = 0;
};

}  // namespace tidemill::lambda
