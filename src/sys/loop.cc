#include "sys/loop.h"

#include <algorithm>

namespace tidemill::sys {
namespace {

struct SleepAwaiter {
  Loop& loop;
  int64_t milliseconds;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    loop.after(milliseconds, [awaiting] { awaiting.resume(); });
  }
  void await_resume() const noexcept {}
};

}  // namespace

struct Signal::Awaiter {
  Signal& signal;
  Loop* loop = nullptr;
  int64_t milliseconds = 0;
  Waiter waiter{};
  Loop::TimerId timer = 0;
  bool timed = false;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) {
    waiter.handle = awaiting;
    signal.waiters_.push_back(&waiter);
    if (!loop) return;
    timed = true;
    timer = loop->after(milliseconds, [this] {
      timed = false;
      signal.waiters_.remove(&waiter);
      waiter.handle.resume();
    });
  }
  bool await_resume() {
    if (timed) loop->cancel(timer);
    return waiter.notified;
  }
};

Task<void> Loop::sleep(int64_t milliseconds) { co_await SleepAwaiter{*this, milliseconds}; }

void Signal::notify_all() {
  std::list<Waiter*> waiting = std::exchange(waiters_, {});
  for (Waiter* waiter : waiting) waiter->notified = true;
  while (!waiting.empty()) {
    Waiter* next = waiting.front();
    waiting.pop_front();
    next->handle.resume();
  }
}

Task<void> Signal::wait() {
  Awaiter awaiter{*this};
  co_await awaiter;
}

Task<bool> Signal::wait_for(Loop& loop, int64_t milliseconds) {
  Awaiter awaiter{*this, &loop, milliseconds};
  co_return co_await awaiter;
}

}  // namespace tidemill::sys
