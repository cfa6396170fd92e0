// What PutTargets checks of a target.
#pragma once

#include "services/events/rules.h"

namespace tidemill::events {

// ValidationException: the target has a form that AWS refuses, or is of a kind or has parameters
// that Tidemill would not act on.
Status check_target(const Target& target);

}  // namespace tidemill::events
