// The parts that services own and the workers behind them, connected.
#pragma once

#include <memory>

#include "services/call/environment.h"

namespace tidemill {

class Wiring {
 public:
  // Builds the parts and gives them to the environment; nothing runs yet.
  static Result<std::unique_ptr<Wiring>> make(Environment& environment);
  ~Wiring();

  // Starts every worker. The endpoint is known by now.
  void start();

 private:
  struct Parts;
  struct Workers;
  Wiring(std::unique_ptr<Parts> parts, std::unique_ptr<Workers> workers);
  std::unique_ptr<Parts> parts_;
  std::unique_ptr<Workers> workers_;  // they use the parts
};

}  // namespace tidemill
