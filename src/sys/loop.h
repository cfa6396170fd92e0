// The loop: one thread that runs every coroutine, every command and every answer (D5). What would
// block it (DuckDB, files, archives, hashing of much data) goes to `blocking`.
#pragma once

#include <coroutine>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <type_traits>
#include <utility>

#include "sys/clock.h"
#include "wire/task.h"

namespace tidemill::sys {

class Loop {
 public:
  virtual ~Loop() = default;

  // Runs `work` on the loop thread, after what is already waiting. From any thread.
  virtual void post(std::function<void()> work) = 0;
  // Runs `work` on a thread of the pool. From any thread. At most `kBlockingThreads` run at once.
  virtual void post_blocking(std::function<void()> work) = 0;

  using TimerId = uint64_t;
  // Calls `fire` on the loop thread when the clock has moved on by `milliseconds`. Under a manual
  // clock that is when it was moved there. Loop thread only.
  virtual TimerId after(int64_t milliseconds, std::function<void()> fire) = 0;
  // A timer that has not fired will not. Loop thread only.
  virtual void cancel(TimerId timer) = 0;

  virtual Clock& clock() = 0;

  // Waits on the clock. Loop thread only.
  Task<void> sleep(int64_t milliseconds);

  // Runs `work()` on a pool thread and resumes here with what it returned.
  //
  //   auto hashing = loop.blocking([body] { return sha256(body); });   // name it first (task.h)
  //   std::string hash = co_await std::move(hashing);
  template <class F>
  Task<std::invoke_result_t<F>> blocking(F work);

  static constexpr int kBlockingThreads = 4;
};

// Something that waiting coroutines are told of. One loop thread; no lost wake-ups as long as the
// condition is checked and awaited without a suspension between.
class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // Resumes everyone who waits now, before it returns; who waits again while it runs waits for the
  // next call.
  void notify_all();
  // Waits for the next notify_all.
  Task<void> wait();
  // The same for at most `milliseconds` on the clock; false when the time ran out.
  Task<bool> wait_for(Loop& loop, int64_t milliseconds);

  bool has_waiters() const { return !waiters_.empty(); }

 private:
  struct Waiter {
    std::coroutine_handle<> handle;
    bool notified = false;
  };
  struct Awaiter;
  std::list<Waiter*> waiters_;
};

// ---- implementation of the templates

namespace loop_detail {

template <class F>
struct BlockingCall {
  using T = std::invoke_result_t<F>;
  Loop& loop;
  F& work;
  std::optional<T> value{};
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    loop.post_blocking([this, awaiting] {
      value.emplace(work());
      loop.post([awaiting] { awaiting.resume(); });
    });
  }
  T await_resume() { return std::move(*value); }
};

}  // namespace loop_detail

template <class F>
Task<std::invoke_result_t<F>> Loop::blocking(F work) {
  loop_detail::BlockingCall<F> call{*this, work};
  co_return co_await call;
}

}  // namespace tidemill::sys
