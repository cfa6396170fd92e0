// The stages of `tidemill demo`, each through AWS's APIs.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "app/cli/account.h"
#include "app/cli/child.h"
#include "app/cli/generator.h"
#include "app/cli/hops.h"
#include "app/cli/pipeline.h"

namespace tidemill::cli {

// Where the demo runs and where it talks.
struct Stage {
  Session session;
  ServeChild& child;
  std::FILE* out;  // for people

  void say(const std::string& line) const;
};

struct Flow {
  SentOrders sent;
  double send_seconds = 0;  // until the last order was acknowledged
  double seconds = 0;       // until the lake held everything
};

// Sends the orders and draws the hops until everything that was sent has left the last one. When
// nothing moves for kStillMs the error names the hop that stands still, and why.
Result<Flow> flow_orders(const Stage& stage, const GeneratorPlan& plan);
inline constexpr int64_t kStillMs = 60'000;

// Starts the crawler and waits until it has succeeded.
Status run_crawler(const Stage& stage, const std::string& crawler);

// Every named query of the workgroup, with its table, and the chart that `chart` describes.
Status show_queries(const Stage& stage, const std::string& workgroup, const std::string& database,
                    const Document* chart);

}  // namespace tidemill::cli
