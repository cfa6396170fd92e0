// `tidemill serve` as a child of this process.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "wire/result.h"

namespace tidemill::cli {

// Ended with SIGTERM, and with SIGKILL when that takes longer than kStopMs. It dies with its
// parent.
class ServeChild {
 public:
  // Waits for "Ready."; an error holds what the child said. What it prints goes to
  // `log_path`.
  static Result<std::unique_ptr<ServeChild>> start(const std::string& directory, uint16_t port,
                                                   const std::string& log_path);
  ~ServeChild();

  const std::string& endpoint_url() const { return endpoint_url_; }
  // False when it ended by itself.
  bool is_running();
  void stop();  // from any thread; once

 private:
  static constexpr int64_t kReadyMs = 30'000;
  static constexpr int64_t kStopMs = 10'000;

  ServeChild(pid_t pid, std::string log_path) : pid_(pid), log_path_(std::move(log_path)) {}
  Status wait_until_ready();
  std::atomic<pid_t> pid_;
  std::string log_path_;
  std::string endpoint_url_;
};

// Ctrl-C and SIGTERM, taken by a thread: `on_stop` runs there, then the process ends with `code`.
// Make it before any other thread starts.
class InterruptWatch {
 public:
  InterruptWatch();
  // Until then a signal ends the process at once.
  void watch(ServeChild& child);
  // The child is ended by someone else: a signal only ends the process.
  void forget();
  // What a signal means from now on: the demo is over, not broken off.
  void expect() { code_ = 0; }
  [[noreturn]] static void wait_forever();

 private:
  std::atomic<ServeChild*> child_{nullptr};
  std::atomic<int> code_{130};
};

}  // namespace tidemill::cli
