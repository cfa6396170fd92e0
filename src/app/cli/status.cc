// `tidemill status`: every hop, where it stands, how fast it runs, how far it lags.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/command_list.h"
#include "app/cli/hops.h"
#include "app/cli/session.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr int64_t kRateMs = 600;  // between the two readings that make a rate

int status(const Session& session) {
  auto before = read_state(session.endpoint_url);
  if (!before) return failure(before.error());
  HopRates rates;
  rates.add(hops_of(*before), monotonic_ms());
  pause_ms(kRateMs);
  auto state = read_state(session.endpoint_url);
  if (!state) return failure(state.error());
  const std::vector<Hop> hops = hops_of(*state);
  rates.add(hops, monotonic_ms());
  if (session.is_json()) {
    size_t at = 0;
    for (Document& hop : state->find("hops")->as_array()) {
      hop.set("records_per_second", rates.rate(hops[at++]));
    }
    std::printf("%s\n", to_json(*state).c_str());
    return kDone;
  }
  if (hops.empty()) {
    std::puts("No hop runs: deploy a pipeline first (tidemill deploy).");
    return kDone;
  }
  std::fputs(hop_table(hops, rates).c_str(), stdout);
  return kDone;
}

}  // namespace

void add_status(CLI::App& app, int& code) {
  auto session = std::make_shared<Session>();
  CLI::App* command =
      app.add_subcommand("status", "Shows each hop: position, rate, lag, last error");
  add_session_options(*command, *session);
  command->callback([session, &code] { code = status(*session); });
}

}  // namespace tidemill::cli
