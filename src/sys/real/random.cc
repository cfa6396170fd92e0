#include "sys/real/random.h"

namespace tidemill::sys {

RealRandom::RealRandom() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(),
                     device(), device(), device(), device()};
  engine_.seed(seed);
}

}  // namespace tidemill::sys
