// One process of one version of a function: it initialises, then runs one invocation at a time.
//
// Its output becomes log lines; a carriage return inside a line stands for a line feed, so that a
// bootstrap can keep a message of several lines together. Loop thread only.
//
// Shared: the coroutine that waits for the end of the process holds it as well as the pool. Whoever
// lets go of an Instance that still runs must kill() it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "services/call/environment.h"
#include "services/lambda/function_records.h"
#include "services/lambda/log_writer.h"
#include "services/lambda/runtime_api.h"
#include "services/lambda/runtimes.h"

namespace tidemill::lambda {

inline constexpr int64_t kInitTimeoutMs = 10000;
inline constexpr int64_t kMemoryLookMs = 100;
inline constexpr size_t kLogTailBytes = 4096;

// What an invocation came to. `failed`: the payload is AWS's error document.
struct Outcome {
  std::string payload;
  bool failed = false;
  std::string log_tail;  // the last 4 KB
};

class Instance : public std::enable_shared_from_this<Instance> {
 public:
  Instance(tidemill::Environment& environment, LogWriter& logs, FunctionReference of,
           FunctionVersion version);

  // Starts the process and waits until it asks for an invocation. False when it failed to: then
  // `init_failure` is AWS's error document for the invocation that waits for it.
  Task<bool> begin(Runtime runtime, ProcessPlace place, std::string endpoint_url);
  std::string init_failure(const std::string& request_id) const;

  // One at a time, and only after begin().
  Task<Outcome> run(RuntimeInvocation invocation);

  bool alive() const { return process_ && !ended_ && !killed_; }
  void kill();

  const FunctionVersion& version() const { return version_; }
  const std::string& log_group() const { return log_group_; }
  const std::string& log_stream() const { return log_stream_; }

  sys::Loop::TimerId idle_timer = 0;  // of the pool

 private:
  Task<void> watch_end();
  void take_output(std::string_view bytes);
  void log(std::string line);
  bool over_memory();
  std::string exit_error(const std::string& request_id) const;
  std::string timeout_error(const std::string& request_id);
  void report(const std::string& request_id, int64_t started_ns);
  int64_t timeout_ms() const;

  tidemill::Environment& environment_;
  LogWriter& logs_;
  FunctionReference of_;
  FunctionVersion version_;
  std::string log_group_;
  std::string log_stream_;
  std::shared_ptr<RuntimeApi> api_ = std::make_shared<RuntimeApi>();
  std::unique_ptr<HttpListener> listener_;
  std::string tmp_;  // removed with the process
  std::unique_ptr<sys::Process> process_;
  std::optional<sys::ProcessEnd> ended_;
  bool killed_ = false;
  std::string start_failure_;
  std::string partial_line_;
  std::string tail_;
  int64_t init_ns_ = 0;  // reported once
  uint64_t memory_peak_ = 0;
};

}  // namespace tidemill::lambda
