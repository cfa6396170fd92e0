// The loop of the machine: an asio io_context run by one thread, and a pool for what blocks.
#pragma once

#include <memory>

#include "sys/loop.h"
#include "sys/real/clocks.h"

namespace boost::asio {
class io_context;
}

namespace tidemill::sys {

class RealLoop : public Loop {
 public:
  // With a `manual` clock timers fire only by `advance_to`; it must outlive the loop.
  explicit RealLoop(ManualClock* manual = nullptr);
  ~RealLoop() override;  // joins the pool

  void post(std::function<void()> work) override;
  void post_blocking(std::function<void()> work) override;
  TimerId after(int64_t milliseconds, std::function<void()> fire) override;
  void cancel(TimerId timer) override;
  Clock& clock() override;

  // Runs the loop on the calling thread until `stop`; may be called again after that.
  void run();
  void stop();  // from any thread

  // Moves the manual clock, firing the timers that fall due on the way, each at its own time.
  void advance_to(Timestamp time);

  boost::asio::io_context& io_context();

 private:
  struct State;
  void arm();
  void fire_due();
  std::unique_ptr<State> state_;
};

}  // namespace tidemill::sys
