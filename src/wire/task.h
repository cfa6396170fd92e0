// Task<T>: a lazy coroutine that runs on the loop that awaits it. It starts when it is awaited (or
// given to `start`), and resumes its awaiter when it ends. Owned by exactly one holder; destroying
// an unfinished Task destroys its frame. All coroutines run on the one loop thread: they share
// state without locks, and a stretch of code between two co_awaits is atomic.
//
// g++ 12.2 destroys temporaries of a co_await expression twice in some cases. So: name a lambda or
// an argument object first, then move it in; never write a capturing lambda or a braced list inside
// a co_await expression.
//
//   auto write = store.command(std::move(check_and_write));
//   Result<Answer> answer = co_await std::move(write);
#pragma once

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

#include "wire/check.h"

namespace tidemill {

template <class T>
class [[nodiscard]] Task;

namespace task_detail {

struct Final {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) noexcept {
    auto next = done.promise().continuation;
    return next ? next : std::noop_coroutine();
  }
  void await_resume() const noexcept {}
};

struct PromiseBase {
  std::coroutine_handle<> continuation{};
  std::suspend_always initial_suspend() noexcept { return {}; }
  Final final_suspend() noexcept { return {}; }
  [[noreturn]] void unhandled_exception() {
    check_failed("no exception leaves a Task", __FILE__, __LINE__);
  }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() { return std::move(*value); }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() {}
  void take() {}
};

}  // namespace task_detail

template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = task_detail::Promise<T>;

  Task() = default;
  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  Task(Task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      if (frame_) frame_.destroy();
      frame_ = std::exchange(other.frame_, nullptr);
    }
    return *this;
  }
  ~Task() {
    if (frame_) frame_.destroy();
  }

  struct Awaiter {
    std::coroutine_handle<promise_type> frame;
    bool await_ready() const noexcept { return !frame || frame.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
      frame.promise().continuation = awaiting;
      return frame;
    }
    T await_resume() { return frame.promise().take(); }
  };
  Awaiter operator co_await() && noexcept { return Awaiter{frame_}; }
  Awaiter operator co_await() & noexcept { return Awaiter{frame_}; }

  bool valid() const { return static_cast<bool>(frame_); }

 private:
  std::coroutine_handle<promise_type> frame_{};
};

namespace task_detail {

template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

// A coroutine that nobody awaits: it frees itself when it ends.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    [[noreturn]] void unhandled_exception() {
      check_failed("no exception leaves a Task", __FILE__, __LINE__);
    }
  };
};

template <class T, class Done>
Detached run_detached(Task<T> task, Done done) {
  if constexpr (std::is_void_v<T>) {
    co_await std::move(task);
    done();
  } else {
    T value = co_await std::move(task);
    done(std::move(value));
  }
}

}  // namespace task_detail

// Runs `task` now, up to its first suspension, and calls `done` with its value when it ends. Must
// be called on the loop thread.
template <class T, class Done>
void start(Task<T> task, Done done) {
  task_detail::run_detached(std::move(task), std::move(done));
}
inline void start(Task<void> task) {
  task_detail::run_detached(std::move(task), [] {});
}

// A Task that is already done: for answers that need no waiting.
template <class T>
Task<T> ready(T value) {
  co_return value;
}

}  // namespace tidemill
