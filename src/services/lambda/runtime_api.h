// The Lambda Runtime API as one function process sees it: next, response, error, init/error.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
//
// Pure HTTP logic: the owner listens with `service()` on a port of the process, offers an
// invocation, and waits on `changed()` until there is an answer. Loop thread only. Shared, because
// connections may hold a request when the owner has already let go.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sys/loop.h"
#include "wire/http.h"

namespace tidemill::lambda {

inline constexpr uint64_t kResponseBytesMax = 6ULL * 1024 * 1024 + 100;  // AWS's 6291556

struct RuntimeInvocation {
  std::string request_id;
  std::string payload;
  int64_t deadline_ms = 0;  // since 1970
  std::string function_arn;
  std::string trace_id;
  std::string client_context;  // JSON; empty: none
};

struct RuntimeAnswer {
  std::string payload;
  bool failed = false;  // came through an error path
};

class RuntimeApi : public std::enable_shared_from_this<RuntimeApi> {
 public:
  HttpService service();

  // The process asks for its next invocation and has none.
  bool asks() const { return asking_ > 0 && !offered_; }
  // It has asked at least once: its initialisation is over.
  bool initialised() const { return initialised_; }

  void offer(RuntimeInvocation invocation);
  // The answer to what was offered, once.
  std::optional<RuntimeAnswer> take_answer() { return std::exchange(answer_, std::nullopt); }
  const std::optional<std::string>& init_error() const { return init_error_; }

  // Notified when the process asked, answered or failed to initialise.
  sys::Signal& changed() { return changed_; }
  // Requests that wait, and all later ones, are answered with an error.
  void close();

 private:
  Task<HttpResponse> handle(HttpRequest request);
  Task<HttpResponse> next();
  HttpResponse take_body(const std::string& request_id, Result<std::string> body, bool failed);

  std::optional<RuntimeInvocation> offered_;  // not yet fetched
  std::string active_;                        // request id that awaits its answer
  std::optional<RuntimeAnswer> answer_;
  std::optional<std::string> init_error_;
  int asking_ = 0;
  bool initialised_ = false;
  bool closed_ = false;
  sys::Signal offered_signal_;
  sys::Signal changed_;
};

}  // namespace tidemill::lambda
