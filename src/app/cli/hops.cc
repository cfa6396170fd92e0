#include "app/cli/hops.h"

#include "app/aws/connection.h"
#include "app/cli/session.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr size_t kErrorColumns = 60;
constexpr int64_t kRateMs = 500;  // readings nearer than that say little

uint64_t number(const Document& hop, std::string_view name) {
  const Document* value = hop.find(name);
  const auto found = value ? value->to_int64() : std::nullopt;
  return found && *found > 0 ? static_cast<uint64_t>(*found) : 0;
}

std::string one_decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f/s", value);
  return text;
}

}  // namespace

Result<Document> read_state(const std::string& endpoint_url) {
  aws::Connection connection(endpoint_url);
  aws::ClientRequest request;
  request.method = "GET";
  request.target = "/_tidemill/state";
  auto response = connection.exchange(request);
  if (!response) {
    return failed("nothing answers on " + endpoint_url + " (" + response.error().message +
                  "): start it with tidemill serve, or give --endpoint-url");
  }
  auto state = parse_json(response->body);
  if (response->status != 200 || !state || !state->find("hops")) {
    return failed(endpoint_url + " is not Tidemill: it has no /_tidemill/state");
  }
  return state;
}

std::vector<Hop> hops_of(const Document& state) {
  std::vector<Hop> hops;
  const Document* all = state.find("hops");
  for (const Document& one : all && all->is_array() ? all->as_array() : Document::Array()) {
    Hop hop;
    hop.hop = one.text("hop");
    hop.name = one.text("name");
    hop.writes = one.text("writes");
    hop.position = number(one, "position");
    hop.lag_records = number(one, "lag_records");
    hop.records_in = number(one, "records_in");
    hop.records_out = number(one, "records_out");
    hop.rejected = number(one, "rejected");
    hop.dropped = number(one, "dropped");
    hop.retries = number(one, "retries");
    hop.last_error = one.text("last_error");
    const Document* stopped = one.find("stopped");
    hop.stopped = stopped && stopped->if_bool() && *stopped->if_bool();
    hops.push_back(std::move(hop));
  }
  return hops;
}

void HopRates::add(const std::vector<Hop>& hops, int64_t time_ms) {
  for (const Hop& hop : hops) {
    Reading& reading = readings_[hop.hop + hop.name];
    const int64_t passed = time_ms - reading.time_ms;
    if (reading.time_ms != 0 && passed < kRateMs) continue;
    if (reading.time_ms != 0 && hop.records_in >= reading.records_in) {
      reading.rate = static_cast<double>(hop.records_in - reading.records_in) * 1000.0 /
                     static_cast<double>(passed);
    }
    reading.records_in = hop.records_in;
    reading.time_ms = time_ms;
  }
}

double HopRates::rate(const Hop& hop) const {
  const auto found = readings_.find(hop.hop + hop.name);
  return found == readings_.end() ? 0 : found->second.rate;
}

std::string hop_table(const std::vector<Hop>& hops, const HopRates& rates) {
  std::vector<Row> rows;
  for (const Hop& hop : hops) {
    rows.push_back({hop.hop, hop.name, with_thousands(hop.position), with_thousands(hop.records_in),
                    with_thousands(hop.records_out), with_thousands(hop.rejected),
                    with_thousands(hop.dropped), one_decimal(rates.rate(hop)),
                    with_thousands(hop.lag_records), with_thousands(hop.retries),
                    (hop.stopped ? "STOPPED " : "") + hop.last_error.substr(0, kErrorColumns)});
  }
  return table_text({"hop", "name", "position", "in", "out", "rejected", "dropped", "rate", "lag",
                     "retries", "last error"},
                    rows);
}

std::string hop_line(const std::vector<Hop>& hops) {
  std::string line;
  for (const Hop& hop : hops) {
    line += (line.empty() ? "" : " | ") + hop.hop + " " + with_thousands(hop.records_in) +
            " (lag " + with_thousands(hop.lag_records) + ")";
    if (!hop.last_error.empty()) line += " " + hop.last_error.substr(0, kErrorColumns);
  }
  return line;
}

}  // namespace tidemill::cli
