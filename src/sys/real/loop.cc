#include "sys/real/loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <map>
#include <unordered_map>

#include "wire/check.h"

namespace tidemill::sys {

namespace asio = boost::asio;

struct RealLoop::State {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> keep_running{context.get_executor()};
  asio::thread_pool pool{kBlockingThreads};
  asio::steady_timer alarm{context};
  RealClock real_clock;
  ManualClock* manual = nullptr;

  struct Timer {
    TimerId id;
    std::function<void()> fire;
  };
  // By due time in milliseconds: of the monotonic clock, or of the manual one.
  std::multimap<int64_t, Timer> timers;
  std::unordered_map<TimerId, std::multimap<int64_t, Timer>::iterator> by_id;
  TimerId last_id = 0;

  int64_t now_ms() const {
    return manual ? manual->now().milliseconds : real_clock.monotonic_ns() / 1'000'000;
  }
};

RealLoop::RealLoop(ManualClock* manual) : state_(std::make_unique<State>()) {
  state_->manual = manual;
}

RealLoop::~RealLoop() { state_->pool.join(); }

void RealLoop::post(std::function<void()> work) { asio::post(state_->context, std::move(work)); }

void RealLoop::post_blocking(std::function<void()> work) {
  asio::post(state_->pool, std::move(work));
}

Loop::TimerId RealLoop::after(int64_t milliseconds, std::function<void()> fire) {
  const TimerId id = ++state_->last_id;
  const int64_t due = state_->now_ms() + std::max<int64_t>(milliseconds, 0);
  const auto place = state_->timers.emplace(due, State::Timer{id, std::move(fire)});
  state_->by_id.emplace(id, place);
  if (!state_->manual && place == state_->timers.begin()) arm();
  if (state_->manual && milliseconds <= 0) post([this] { fire_due(); });
  return id;
}

void RealLoop::cancel(TimerId timer) {
  const auto found = state_->by_id.find(timer);
  if (found == state_->by_id.end()) return;
  state_->timers.erase(found->second);
  state_->by_id.erase(found);
}

Clock& RealLoop::clock() {
  if (state_->manual) return *state_->manual;
  return state_->real_clock;
}

void RealLoop::arm() {
  const int64_t wait = state_->timers.begin()->first - state_->now_ms();
  state_->alarm.expires_after(std::chrono::milliseconds(std::max<int64_t>(wait, 0)));
  state_->alarm.async_wait([this](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    fire_due();
    if (!state_->timers.empty()) arm();
  });
}

void RealLoop::fire_due() {
  const int64_t now = state_->now_ms();
  while (!state_->timers.empty() && state_->timers.begin()->first <= now) {
    const auto first = state_->timers.begin();
    const std::function<void()> fire = std::move(first->second.fire);
    state_->by_id.erase(first->second.id);
    state_->timers.erase(first);
    fire();
  }
}

void RealLoop::run() {
  state_->context.restart();
  state_->context.run();
}
void RealLoop::stop() { state_->context.stop(); }

void RealLoop::advance_to(Timestamp time) {
  CHECK(state_->manual != nullptr);
  while (!state_->timers.empty() && state_->timers.begin()->first <= time.milliseconds) {
    const int64_t due = state_->timers.begin()->first;
    state_->manual->set(Timestamp{std::max(due, state_->manual->now().milliseconds)});
    fire_due();
  }
  state_->manual->set(time);
}

asio::io_context& RealLoop::io_context() { return state_->context; }

}  // namespace tidemill::sys
