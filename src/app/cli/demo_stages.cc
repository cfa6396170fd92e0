#include "app/cli/demo_stages.h"

#include <cstdlib>
#include <optional>
#include <thread>

namespace tidemill::cli {
namespace {

constexpr int64_t kDrawMs = 100;
constexpr int64_t kCrawlMsMax = 300'000;
constexpr size_t kRowsShown = 24;

// The hop that makes the lake's objects is the one that writes to S3.
bool is_last(const Hop& hop) { return hop.writes.find(":s3:::") != std::string::npos; }

uint64_t arrived(const std::vector<Hop>& hops) {
  uint64_t count = 0;
  for (const Hop& hop : hops) count += is_last(hop) ? hop.done() : 0;
  return count;
}

uint64_t moved(const std::vector<Hop>& hops) {
  uint64_t count = 0;
  for (const Hop& hop : hops) count += hop.records_in + hop.done();
  return count;
}

std::string why_it_stands(const std::vector<Hop>& hops, uint64_t wanted) {
  if (hops.empty()) return "no hop runs: the pipeline's resources have no workers";
  const Hop* still = nullptr;
  for (const Hop& hop : hops) {
    const bool waits = hop.stopped || hop.lag_records > 0 || hop.records_in < wanted;
    if (waits && !still) still = &hop;
  }
  if (!still) return "every hop has taken everything, but not all of it is in the lake";
  std::string text = "hop " + still->hop + " (" + still->name + ") stands still: it took " +
                     std::to_string(still->records_in) + " of " + std::to_string(wanted) +
                     " records, " + std::to_string(still->lag_records) + " wait";
  if (still->stopped) text += ", it has stopped";
  text += still->last_error.empty() ? ", without an error" : ": " + still->last_error;
  return text;
}

struct Watch {
  std::vector<Hop> hops;
  HopRates rates;
  uint64_t moved_count = 0;
  int64_t moved_ms = monotonic_ms();
};

void draw(LiveText& live, const Watch& progress, uint64_t acknowledged, uint64_t orders) {
  const std::string head =
      "orders acknowledged: " + with_thousands(acknowledged) + " of " + with_thousands(orders);
  live.draw(head + "\n" + hop_table(progress.hops, progress.rates),
            head + " | " + hop_line(progress.hops));
}

// One look at the hops; an error when nothing has moved for too long.
Status look(const Stage& stage, Watch& progress, uint64_t acknowledged, uint64_t wanted) {
  if (!stage.child.is_running()) return failed("tidemill serve has ended, see its log");
  auto state = read_state(stage.session.endpoint_url);
  if (!state) return std::move(state).error();
  progress.hops = hops_of(*state);
  progress.rates.add(progress.hops, monotonic_ms());
  const uint64_t count = moved(progress.hops) + acknowledged;
  if (count != progress.moved_count) progress.moved_ms = monotonic_ms();
  progress.moved_count = count;
  if (monotonic_ms() - progress.moved_ms < kStillMs) return ok();
  return failed("nothing has moved for a minute; " + why_it_stands(progress.hops, wanted));
}

}  // namespace

void Stage::say(const std::string& line) const {
  std::fprintf(out, "%s\n", line.c_str());
  std::fflush(out);
}

Result<Flow> flow_orders(const Stage& stage, const GeneratorPlan& plan) {
  std::atomic<uint64_t> acknowledged{0};
  std::atomic<bool> is_sent{false};
  std::optional<Result<SentOrders>> sent;
  const int64_t begin = monotonic_ms();
  Flow flow;
  std::thread sender([&] {
    sent = send_orders(stage.session, plan, acknowledged);
    flow.send_seconds = static_cast<double>(monotonic_ms() - begin) / 1000;
    is_sent = true;
  });
  LiveText live(stage.out);
  Watch progress;
  Status looked = ok();
  for (bool is_there = false; looked && !is_there;) {
    pause_ms(kDrawMs);
    const bool all_sent = is_sent;
    if (all_sent && !*sent) break;
    const uint64_t wanted = all_sent ? (*sent)->change_records() : plan.orders;
    looked = look(stage, progress, acknowledged, wanted);
    if (looked) draw(live, progress, acknowledged, plan.orders);
    is_there = all_sent && arrived(progress.hops) >= wanted;
  }
  flow.seconds = static_cast<double>(monotonic_ms() - begin) / 1000;
  // A sender that waits for an answer ends with the server.
  if (!looked && !is_sent) stage.child.stop();
  sender.join();
  if (!looked) return std::move(looked).error();
  if (!*sent) return (*sent).error();
  flow.sent = **sent;
  stage.say("everything is in the lake: " + hop_line(progress.hops));
  return flow;
}

Status run_crawler(const Stage& stage, const std::string& crawler) {
  aws::Client client = stage.session.client();
  const Document name = Document::object().set("Name", crawler);
  RETURN_IF_ERROR(call(client, "glue", "AWSGlue.StartCrawler", name));
  for (const int64_t until = monotonic_ms() + kCrawlMsMax; monotonic_ms() < until;) {
    auto answer = call(client, "glue", "AWSGlue.GetCrawler", name);
    if (!answer) return std::move(answer).error();
    const Document* found = answer->find("Crawler");
    const Document* last = found ? found->find("LastCrawl") : nullptr;
    if (found && found->text("State") == "READY" && last) {
      if (last->text("Status") == "SUCCEEDED") return ok();
      return failed("the crawler " + crawler + " ended as " + std::string(last->text("Status")) +
                    ": " + std::string(last->text("ErrorMessage")));
    }
    pause_ms(kDrawMs);
  }
  return failed("the crawler " + crawler + " still runs after five minutes");
}

namespace {

size_t column_of(const QueryAnswer& answer, std::string_view name) {
  size_t at = 0;
  while (at < answer.columns.size() && answer.columns[at] != name) ++at;
  return at;
}

void show_chart(const Stage& stage, const QueryAnswer& answer, const Document& chart) {
  const size_t label = column_of(answer, chart.text("label"));
  const size_t value = column_of(answer, chart.text("value"));
  if (label == answer.columns.size() || value == answer.columns.size()) return;
  std::vector<Bar> bars;
  for (const Row& row : answer.rows) {
    bars.push_back({row[label], std::strtod(row[value].c_str(), nullptr)});
  }
  stage.say("\n" + std::string(chart.text("title")) + "\n" + bar_chart(bars));
}

void show_answer(const Stage& stage, const NamedQuery& query, const QueryAnswer& answer,
                 int64_t took_ms) {
  std::vector<Row> rows = answer.rows;
  if (rows.size() > kRowsShown) rows.resize(kRowsShown);
  stage.say("\n" + query.name + ": " + query.description + " (" + std::to_string(took_ms) +
            " ms)\n" + table_text(answer.columns, rows));
  if (rows.size() < answer.rows.size()) {
    stage.say("... and " + std::to_string(answer.rows.size() - rows.size()) + " rows more");
  }
}

}  // namespace

Status show_queries(const Stage& stage, const std::string& workgroup, const std::string& database,
                    const Document* chart) {
  aws::Client client = stage.session.client();
  auto queries = named_queries(client, workgroup);
  if (!queries) return std::move(queries).error();
  std::optional<QueryAnswer> charted;
  for (const NamedQuery& query : *queries) {
    QueryRequest request{query.sql, workgroup, query.database.empty() ? database : query.database,
                         ""};
    const int64_t begin = monotonic_ms();
    auto answer = run_query(client, request);
    if (!answer) return failed("query " + query.name + ": " + answer.error().message);
    show_answer(stage, query, *answer, monotonic_ms() - begin);
    if (chart && chart->text("query") == query.name) charted = *std::move(answer);
  }
  if (charted) show_chart(stage, *charted, *chart);
  return ok();
}

}  // namespace tidemill::cli
