// Our own pages beside AWS's APIs: health, metrics, state, the manual clock.
#pragma once

#include "app/server/request_counts.h"
#include "door/protocols/dispatcher.h"
#include "flow/hop_state.h"
#include "services/call/environment.h"
#include "sys/real/loop.h"

namespace tidemill {

struct PageSources {
  Environment& environment;
  const flow::HopStates& hops;
  const RequestCounts& requests;
  sys::RealLoop& loop;
  bool manual_clock;
};

// /_tidemill/health, /_localstack/health, /_tidemill/metrics, /_tidemill/state, /_tidemill/clock
// and /_tidemill/operations. The sources outlive the dispatcher.
void add_pages(protocols::Dispatcher& dispatcher, const PageSources& sources);

}  // namespace tidemill
