// The functions of delivery streams, run by Lambda.
#pragma once

#include "flow/firehose/transform.h"
#include "services/call/environment.h"

namespace tidemill::flow::firehose {

// Invokes with the account of the delivery stream, synchronously. `environment` must outlive it.
InvokeFunction lambda_invoker(Environment& environment);

}  // namespace tidemill::flow::firehose
