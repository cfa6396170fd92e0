// `tidemill demo`: the whole journey on a Tidemill of its own, and the account of every order.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "app/cli/command_list.h"
#include "app/cli/demo_stages.h"
#include "sys/real/files.h"
#include "wire/json.h"
#include "wire/timestamp.h"

namespace tidemill::cli {
namespace {

constexpr uint64_t kSeed = 1;
constexpr uint64_t kSlicesWanted = 40;
constexpr uint64_t kSliceMax = 1000;

struct Words {
  std::string place = "sales";
  uint64_t orders = 2000;
  uint64_t seed = kSeed;
  uint64_t senders = 2;
  uint16_t port = 0;
  bool exits = false;
  std::string directory;
  std::string output = "table";
};

// A fresh directory: given and empty, or made beside the program, or below TMPDIR.
Result<std::string> fresh_directory(const std::string& given) {
  sys::RealFiles files;
  if (!given.empty()) {
    RETURN_IF_ERROR(files.make_directories(given));
    auto names = files.list(given);
    if (!names) return std::move(names).error();
    if (names->empty()) return given;
    return failed(given +
                  " is not empty: the demo wants a fresh directory (or start it with "
                  "tidemill serve --data, and use deploy and generate)");
  }
  const char* temporary = std::getenv("TMPDIR");
  std::string name =
      (temporary && *temporary ? std::string(temporary) : program_directory()) + "/demo-XXXXXX";
  if (!::mkdtemp(name.data())) return failed("cannot make a directory like " + name);
  return name;
}

std::string output_of(const StackOutputs& outputs, const std::string& name) {
  const auto found = outputs.find(name);
  return found == outputs.end() ? "" : found->second;
}

Result<StackOutputs> deploy(const Stage& stage, const Pipeline& pipeline) {
  Deployment deployment;
  const Document* parameters = pipeline.demo.find("parameters");
  if (parameters && parameters->is_object()) {
    for (const auto& [name, value] : parameters->as_object()) {
      if (value.is_string()) deployment.parameters[name] = value.as_string();
    }
  }
  return deploy_pipeline(stage.session, pipeline, deployment,
                         [&stage](const std::string& line) { stage.say(line); });
}

GeneratorPlan plan_of(const Words& words, const StackOutputs& outputs) {
  GeneratorPlan plan;
  plan.function_name = output_of(outputs, "GeneratorFunctionName");
  plan.orders = words.orders;
  plan.seed = words.seed;
  plan.senders = words.senders;
  plan.date = iso8601(now()).substr(0, 10);
  plan.slice = std::clamp<uint64_t>(words.orders / kSlicesWanted, 25, kSliceMax);
  return plan;
}

std::set<std::string> keys_of(const GeneratorPlan& plan) {
  std::set<std::string> keys;
  for (uint64_t i = 0; i < plan.orders; ++i) keys.insert(order_id(plan.seed, plan.first + i));
  return keys;
}

void show_account(const Stage& stage, const Account& account, const Flow& flow) {
  const auto row = [](const char* what, uint64_t count, const char* meaning) {
    return Row{what, with_thousands(count), meaning};
  };
  const std::vector<Row> rows = {
      row("sent", account.sent, "orders that the table acknowledged"),
      row("delivered_rows", account.delivered_rows, "orders with a row in the lake"),
      row("rejected", account.rejected, "malformed orders, under the error prefix"),
      row("dropped", account.dropped, "orders that the transform drops: not sales"),
      row("missing", account.missing, "orders found nowhere"),
      row("duplicated", account.duplicated, "orders found more than once"),
      row("items", account.items, "in the table now, without the cancelled"),
      row("stream_records", account.stream_records, "change records: placed, changed, removed"),
      row("shard_records", account.shard_records, "records of the Kinesis stream"),
      row("rows", account.rows, "in the lake, later changes included")};
  stage.say("\nThe account of every order\n" + table_text({"what", "count", "meaning"}, rows));
  for (const std::string& example : account.examples) stage.say("  " + example);
  char text[160];
  std::snprintf(text, sizeof text, "sent %s delivered + rejected + dropped; %.2f s, %.0f orders/s",
                account.is_right() ? "=" : "IS NOT", flow.seconds,
                static_cast<double>(account.sent) / flow.seconds);
  stage.say(text);
}

Document final_document(const Account& account, const Flow& flow) {
  Document line = account_document(account);
  line.set("updated", flow.sent.updated).set("removed", flow.sent.removed);
  line.set("send_seconds", flow.send_seconds).set("seconds", flow.seconds);
  line.set("orders_per_second", static_cast<double>(account.sent) / flow.seconds);
  return line;
}

// Answers whether the account is right.
Result<bool> run_stages(const Stage& stage, const Words& words, const Pipeline& pipeline) {
  auto outputs = deploy(stage, pipeline);
  if (!outputs) return std::move(outputs).error();
  const GeneratorPlan plan = plan_of(words, *outputs);
  stage.say("\nsending " + with_thousands(plan.orders) + " orders, " + std::to_string(plan.slice) +
            " at a time");
  auto flow = flow_orders(stage, plan);
  if (!flow) return std::move(flow).error();
  const std::string workgroup = output_of(*outputs, "WorkGroupName");
  const std::string database = output_of(*outputs, "DatabaseName");
  const std::string crawler = output_of(*outputs, "CrawlerName");
  stage.say("running the crawler " + crawler);
  RETURN_IF_ERROR(run_crawler(stage, crawler));
  RETURN_IF_ERROR(show_queries(stage, workgroup, database, pipeline.demo.find("chart")));
  const Document* description = pipeline.demo.find("account");
  auto terms = account_terms(description ? *description : Document::object());
  if (!terms) return std::move(terms).error();
  aws::Client client = stage.session.client();
  auto account =
      account_of_orders(client, *terms,
                        {output_of(*outputs, "TableName"), output_of(*outputs, "StreamName"),
                         output_of(*outputs, "BucketName"), database, workgroup},
                        keys_of(plan));
  if (!account) return std::move(account).error();
  show_account(stage, *account, *flow);
  if (stage.session.is_json()) {
    std::printf("%s\n", to_json(final_document(*account, *flow)).c_str());
    std::fflush(stdout);
  }
  return account->is_right();
}

void say_how_to_reach(const Stage& stage) {
  const std::string& url = stage.session.endpoint_url;
  stage.say(
      "\nTidemill stays up until Ctrl-C. In another terminal:\n"
      "  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1\n"
      "  export AWS_ENDPOINT_URL=" +
      url +
      "\n"
      "  aws --endpoint-url $AWS_ENDPOINT_URL dynamodb list-tables\n"
      "  aws --endpoint-url $AWS_ENDPOINT_URL cloudformation describe-stack-resources "
      "--stack-name sales\n"
      "  build/tidemill status\n"
      "  build/tidemill query regions\n"
      "  build/tidemill trace " +
      order_id(kSeed, 7));
}

int demo(const Words& words) {
  auto interrupts = std::make_unique<InterruptWatch>();
  auto pipeline = load_pipeline(words.place);
  if (!pipeline) return failure(pipeline.error());
  auto directory = fresh_directory(words.directory);
  if (!directory) return failure(directory.error());
  const std::string log = *directory + "/serve.log";
  auto child = ServeChild::start(*directory + "/data", words.port, log);
  if (!child) return failure(child.error());
  interrupts->watch(**child);
  // Its own Tidemill: whatever AWS_ENDPOINT_URL says.
  const Stage stage{{(*child)->endpoint_url(), "us-east-1", words.output},
                    **child,
                    words.output == "json" ? stderr : stdout};
  stage.say("Tidemill on " + (*child)->endpoint_url() + ", everything it keeps is in " +
            *directory);
  auto is_right = run_stages(stage, words, *pipeline);
  if (!words.exits && is_right && *is_right) {
    say_how_to_reach(stage);
    interrupts->expect();
    InterruptWatch::wait_forever();
  }
  interrupts->forget();
  (*child)->stop();
  // A signal may still come while its watcher lives: it then only ends the process.
  static_cast<void>(interrupts.release());
  if (!is_right) return failure(is_right.error().message + " (log and data: " + *directory + ")");
  if (!*is_right) return failure("the account is not right (log and data: " + *directory + ")");
  if (words.directory.empty()) {
    if (auto removed = sys::RealFiles().remove_all(*directory); !removed) {
      return failure(removed.error());
    }
  }
  return kDone;
}

}  // namespace

void add_demo(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  CLI::App* command =
      app.add_subcommand("demo", "Runs the sales pipeline end to end and accounts for every order");
  command->add_flag("--exit", words->exits, "End when the account is made");
  command->add_option("--orders", words->orders, "How many")
      ->check(CLI::Range(1, 100'000'000))
      ->capture_default_str();
  command->add_option("--seed", words->seed, "Of the orders")->capture_default_str();
  command->add_option("--senders", words->senders, "Generator invocations at once")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->add_option("--data", words->directory, "An empty directory; default: a temporary one");
  command->add_option("--port", words->port, "Port; 0 takes a free one")->capture_default_str();
  command->add_option("--pipeline", words->place, "Folder of the pipeline")->capture_default_str();
  command->add_option("--output", words->output, "table for people, json: one last line of JSON")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([words, &code] { code = demo(*words); });
}

}  // namespace tidemill::cli
