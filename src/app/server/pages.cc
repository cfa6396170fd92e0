#include "app/server/pages.h"

#include <fmt/format.h>

#include "flow/journey.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill {
namespace {

constexpr uint64_t kPageBodyBytesMax = 64 * 1024;

HttpResponse json_page(const Document& content, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.headers.add("content-type", "application/json");
  response.body = to_json(content);
  return response;
}

Document hop_document(const flow::HopState& state) {
  Document hop = Document::object();
  hop.set("hop", state.hop).set("name", state.name);
  hop.set("reads", state.reads).set("writes", state.writes);
  hop.set("position", state.position).set("lag_records", state.lag_records);
  hop.set("records_in", state.records_in).set("records_out", state.records_out);
  hop.set("rejected", state.rejected).set("dropped", state.dropped).set("retries", state.retries);
  hop.set("last_error", state.last_error).set("stopped", state.stopped);
  if (state.last_commit.milliseconds) hop.set("last_commit", iso8601_millis(state.last_commit));
  return hop;
}

Document health(const PageSources& sources) {
  Document services = Document::object();
  for (const ServiceModel* service : sources.environment.operations.services()) {
    services.set(service->folder, "running");
  }
  Document page = Document::object();
  page.set("status", "running").set("edition", "tidemill").set("version", "0.1.0");
  page.set("services", std::move(services));
  return page;
}

Document journey() {
  Document hops = Document::array();
  for (const flow::Hop& hop : flow::kJourney) {
    Document row = Document::object();
    row.set("number", hop.number).set("name", hop.name).set("folder", hop.folder);
    row.set("reads", hop.reads).set("commits", hop.commits);
    hops.push(std::move(row));
  }
  return hops;
}

Document state(const PageSources& sources) {
  Document hops = Document::array();
  for (const flow::HopState& hop : sources.hops.all()) hops.push(hop_document(hop));
  const auto counters = sources.environment.store.counters();
  Document store = Document::object();
  store.set("commands", counters.commands).set("syncs", counters.syncs);
  store.set("bytes", counters.bytes);
  Document page = Document::object();
  page.set("time", iso8601_millis(sources.environment.clock.now()));
  page.set("journey", journey());
  page.set("hops", std::move(hops)).set("store", std::move(store));
  return page;
}

Document operations(const PageSources& sources) {
  Document page = Document::object();
  for (const OperationModel* model : sources.environment.operations.operations()) {
    const std::string_view folder = model->service->folder;
    if (!page.find(folder)) page.set(folder, Document::array());
    page.find(folder)->push(model->name);
  }
  return page;
}

// Prometheus's text format, version 0.0.4.
std::string metrics(const PageSources& sources) {
  std::string out = "# TYPE tidemill_requests_total counter\n";
  std::string failures = "# TYPE tidemill_request_failures_total counter\n";
  std::string seconds = "# TYPE tidemill_request_seconds_total counter\n";
  for (const auto& [name, count] : sources.requests.all()) {
    const std::string labels =
        fmt::format("{{service=\"{}\",operation=\"{}\"}}", name.first, name.second);
    out += fmt::format("tidemill_requests_total{} {}\n", labels, count.requests);
    failures += fmt::format("tidemill_request_failures_total{} {}\n", labels, count.failures);
    seconds += fmt::format("tidemill_request_seconds_total{} {:.6f}\n", labels,
                           static_cast<double>(count.nanoseconds) / 1e9);
  }
  out += failures + seconds;
  const auto counters = sources.environment.store.counters();
  out += fmt::format("# TYPE tidemill_commands_total counter\ntidemill_commands_total {}\n",
                     counters.commands);
  out +=
      fmt::format("# TYPE tidemill_syncs_total counter\ntidemill_syncs_total {}\n", counters.syncs);
  out += "# TYPE tidemill_hop_records_in_total counter\n# TYPE tidemill_hop_lag_records gauge\n";
  for (const flow::HopState& hop : sources.hops.all()) {
    const std::string labels = fmt::format("{{hop=\"{}\",name=\"{}\"}}", hop.hop, hop.name);
    out += fmt::format("tidemill_hop_records_in_total{} {}\n", labels, hop.records_in);
    out += fmt::format("tidemill_hop_records_out_total{} {}\n", labels, hop.records_out);
    out += fmt::format("tidemill_hop_lag_records{} {}\n", labels, hop.lag_records);
    out += fmt::format("tidemill_hop_retries_total{} {}\n", labels, hop.retries);
  }
  return out;
}

Document refusal(std::string_view why) { return Document::object().set("error", why); }

// GET tells the time; POST {"advance_seconds": 60} or {"time": "2026-11-24T00:00:00Z"} moves it.
Task<HttpResponse> clock_page(PageSources sources, HttpRequest request) {
  auto reading = read_all(*request.body, kPageBodyBytesMax);
  Result<std::string> body = co_await std::move(reading);
  if (!body) co_return json_page(refusal(body.error().message), 400);
  if (request.method == "POST") {
    if (!sources.manual_clock) {
      co_return json_page(refusal("start Tidemill with --clock manual to move its clock"), 409);
    }
    const auto asked = parse_json(*body);
    const Timestamp now = sources.environment.clock.now();
    std::optional<Timestamp> to;
    if (asked && asked->find("advance_seconds")) {
      const auto seconds = asked->find("advance_seconds")->to_double();
      if (seconds) to = Timestamp{now.milliseconds + static_cast<int64_t>(*seconds * 1000)};
    } else if (asked) {
      to = parse_iso8601(asked->text("time"));
    }
    if (!to || *to < now) {
      co_return json_page(refusal("give advance_seconds, or a time that is not in the past"), 400);
    }
    sources.loop.advance_to(*to);
  }
  Document page = Document::object();
  page.set("time", iso8601_millis(sources.environment.clock.now()));
  page.set("manual", sources.manual_clock);
  co_return json_page(page);
}

}  // namespace

void add_pages(protocols::Dispatcher& dispatcher, const PageSources& sources) {
  const auto add = [&](const char* path, Document (*content)(const PageSources&)) {
    dispatcher.add_page(
        path, [sources, content](HttpRequest) { return ready(json_page(content(sources))); });
  };
  add("/_tidemill/health", &health);
  add("/_localstack/health", &health);
  add("/_tidemill/state", &state);
  add("/_tidemill/operations", &operations);
  dispatcher.add_page("/_tidemill/metrics", [sources](HttpRequest) {
    HttpResponse response;
    response.headers.add("content-type", "text/plain; version=0.0.4");
    response.body = metrics(sources);
    return ready(std::move(response));
  });
  dispatcher.add_page("/_tidemill/clock", [sources](HttpRequest request) {
    return clock_page(sources, std::move(request));
  });
}

}  // namespace tidemill
