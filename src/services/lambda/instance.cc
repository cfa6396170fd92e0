#include "services/lambda/instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::lambda {
namespace {

constexpr size_t kLineBytesMax = 256 * 1024;

std::string error_document(std::string_view type, const std::string& message) {
  Document document;
  document.set("errorType", type);
  document.set("errorMessage", message);
  return to_json(document);
}

std::string stream_name(Timestamp now, const std::string& version, sys::Random& random) {
  const CivilTime date = civil_time(now);
  return fmt::format("{:04}/{:02}/{:02}/[{}]{}", date.year, date.month, date.day, version,
                     hex_encode(random.bytes(16)));
}

}  // namespace

Instance::Instance(tidemill::Environment& environment, LogWriter& logs, FunctionReference of,
                   FunctionVersion version)
    : environment_(environment),
      logs_(logs),
      of_(std::move(of)),
      version_(std::move(version)),
      log_group_("/aws/lambda/" + of_.name),
      log_stream_(stream_name(environment.clock.now(), version_.configuration.Version.value_or(""),
                              environment.random)) {}

int64_t Instance::timeout_ms() const {
  return static_cast<int64_t>(version_.configuration.Timeout.value_or(3)) * 1000;
}

void Instance::log(std::string line) {
  if (tail_.size() > 4 * kLogTailBytes) tail_.erase(0, tail_.size() - kLogTailBytes);
  tail_ += line;
  if (line.empty() || line.back() != '\n') tail_ += '\n';
  logs_.add(of_.scope, log_group_, log_stream_, std::move(line));
}

void Instance::take_output(std::string_view bytes) {
  partial_line_ += bytes;
  for (;;) {
    size_t end = partial_line_.find('\n');
    const bool whole = end != std::string::npos;
    if (!whole && partial_line_.size() < kLineBytesMax) return;
    end = std::min(end, kLineBytesMax);
    std::string line = partial_line_.substr(0, end);
    partial_line_.erase(0, whole && end < kLineBytesMax ? end + 1 : end);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::replace(line.begin(), line.end(), '\r', '\n');
    if (!line.empty()) log(line + "\n");
  }
}

Task<bool> Instance::begin(Runtime runtime, ProcessPlace place, std::string endpoint_url) {
  const auto self = shared_from_this();
  const int64_t began_ns = environment_.clock.monotonic_ns();
  auto listening = environment_.http.listen("127.0.0.1", 0, api_->service());
  if (!listening) {
    start_failure_ = listening.error().message;
    co_return false;
  }
  listener_ = *std::move(listening);
  tmp_ = place.tmp;
  const ProcessNames names{
      of_.scope.account, of_.scope.region, "127.0.0.1:" + std::to_string(listener_->port()),
      log_group_,        log_stream_,      std::move(endpoint_url)};
  log("INIT_START Runtime Version: " + version_.configuration.Runtime.value_or("") +
      (runtime.interpreter.empty() ? "" : " (" + runtime.interpreter + ")") + "\n");
  auto started =
      environment_.processes.spawn(process_spec(version_.configuration, runtime, place, names),
                                   [this](std::string_view bytes) { take_output(bytes); });
  if (!started) {
    start_failure_ = started.error().message;
    listener_->close();
    co_return false;
  }
  process_ = *std::move(started);
  start(watch_end());
  const int64_t deadline = environment_.clock.now().milliseconds + kInitTimeoutMs;
  while (!api_->initialised() && !api_->init_error() && !ended_) {
    const int64_t left = deadline - environment_.clock.now().milliseconds;
    if (left <= 0) break;
    auto waiting = api_->changed().wait_for(environment_.loop, left);
    co_await std::move(waiting);
  }
  init_ns_ = environment_.clock.monotonic_ns() - began_ns;
  process_->deliver_output();
  const bool ready = api_->initialised() && !ended_;
  if (!ready && !ended_ && !api_->init_error()) {
    log(fmt::format("INIT_REPORT Init Duration: {:.2f} ms\tPhase: init\tStatus: timeout\n",
                    static_cast<double>(init_ns_) / 1e6));
  }
  if (!ready) kill();
  co_return ready;
}

std::string Instance::init_failure(const std::string& request_id) const {
  if (api_->init_error()) return *api_->init_error();
  if (!start_failure_.empty()) {
    return error_document("Runtime.InvalidEntrypoint",
                          "RequestId: " + request_id + " Error: " + start_failure_);
  }
  if (ended_ && !killed_) return exit_error(request_id);
  return error_document("Sandbox.Timedout",
                        "RequestId: " + request_id + " Error: Task timed out after 10.00 seconds");
}

Task<void> Instance::watch_end() {
  const auto self = shared_from_this();
  auto waiting = process_->wait();
  ended_ = co_await std::move(waiting);
  if (!partial_line_.empty()) take_output("\n");
  listener_->close();
  api_->close();
  if (tmp_.empty()) co_return;
  auto removing = environment_.loop.blocking(
      [&files = environment_.files, tmp = tmp_] { return files.remove_all(tmp); });
  const Status removed = co_await std::move(removing);
  if (!removed) log("could not remove " + tmp_ + ": " + removed.error().message + "\n");
}

void Instance::kill() {
  if (!alive()) return;
  process_->kill(SIGKILL);
  killed_ = true;
}

bool Instance::over_memory() {
  memory_peak_ = std::max(memory_peak_, process_->memory_bytes());
  const int64_t limit = version_.configuration.MemorySize.value_or(128);
  return memory_peak_ > static_cast<uint64_t>(limit) << 20;
}

std::string Instance::exit_error(const std::string& request_id) const {
  std::string why = "Runtime exited without providing a reason";
  if (ended_ && ended_->exit_code > 128) {
    const bool killed = ended_->exit_code == 128 + SIGKILL;
    why = "Runtime exited with error: signal: " +
          (killed ? std::string("killed") : std::to_string(ended_->exit_code - 128));
  } else if (ended_ && ended_->exit_code != 0) {
    why = "Runtime exited with error: exit status " + std::to_string(ended_->exit_code);
  }
  return error_document("Runtime.ExitError", "RequestId: " + request_id + " Error: " + why);
}

std::string Instance::timeout_error(const std::string& request_id) {
  const std::string message = fmt::format("{} {} Task timed out after {:.2f} seconds",
                                          iso8601_millis(environment_.clock.now()), request_id,
                                          static_cast<double>(timeout_ms()) / 1000);
  log(message + "\n");
  Document document;
  document.set("errorType", "Sandbox.Timedout");
  document.set("errorMessage", message);
  return to_json(document);
}

void Instance::report(const std::string& request_id, int64_t started_ns) {
  const int64_t now_ns = environment_.clock.monotonic_ns();
  const double duration = static_cast<double>(now_ns - started_ns) / 1e6;
  log("END RequestId: " + request_id + "\n");
  std::string line = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {} ms\tMemory Size: {} MB\t"
      "Max Memory Used: {} MB\t",
      request_id, duration, static_cast<int64_t>(duration) + 1,
      version_.configuration.MemorySize.value_or(128), (memory_peak_ + (1 << 20) - 1) >> 20);
  if (init_ns_ > 0) line += fmt::format("Init Duration: {:.2f} ms\t", init_ns_ / 1e6);
  init_ns_ = 0;
  log(line + "\n");
}

Task<Outcome> Instance::run(RuntimeInvocation invocation) {
  const auto self = shared_from_this();
  const std::string request_id = invocation.request_id;
  const int64_t started_ns = environment_.clock.monotonic_ns();
  const int64_t deadline = environment_.clock.now().milliseconds + timeout_ms();
  tail_.clear();
  log("START RequestId: " + request_id +
      " Version: " + version_.configuration.Version.value_or("") + "\n");
  invocation.deadline_ms = deadline;
  api_->offer(std::move(invocation));
  Outcome outcome;
  int64_t looked_ns = started_ns - kMemoryLookMs * 1'000'000;
  for (;;) {
    if (auto answer = api_->take_answer()) {
      outcome = {std::move(answer->payload), answer->failed, {}};
      break;
    }
    if (ended_) {
      outcome = {exit_error(request_id), true, {}};
      break;
    }
    const int64_t left = deadline - environment_.clock.now().milliseconds;
    if (left <= 0) {
      process_->deliver_output();
      outcome = {timeout_error(request_id), true, {}};
      kill();
      break;
    }
    const int64_t now_ns = environment_.clock.monotonic_ns();
    if (now_ns - looked_ns >= kMemoryLookMs * 1'000'000) {
      looked_ns = now_ns;
      if (over_memory()) kill();
    }
    auto waiting = api_->changed().wait_for(environment_.loop, std::min(left, kMemoryLookMs));
    co_await std::move(waiting);
  }
  process_->deliver_output();
  if (!partial_line_.empty()) take_output("\n");
  report(request_id, started_ns);
  outcome.log_tail = tail_.substr(tail_.size() - std::min(tail_.size(), kLogTailBytes));
  co_return outcome;
}

}  // namespace tidemill::lambda
