// `tidemill generate`: orders by the generator function, or items of a real file.
#include <CLI/CLI.hpp>
#include <memory>
#include <set>

#include "app/cli/command_list.h"
#include "app/cli/generator.h"
#include "app/cli/items_file.h"
#include "app/cli/stacks.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr size_t kBatchItems = 25;  // BatchWriteItem's limit
constexpr int kUnprocessedRetriesMax = 20;

struct Words {
  Session session;
  std::string stack = "sales";
  std::string table;
  std::string file;
  GeneratorPlan plan;
};

Result<Document> dynamodb(aws::Client& client, const char* operation, const Document& input) {
  return call(client, "dynamodb", std::string("DynamoDB_20120810.") + operation, input, "1.0");
}

Result<KeyTypes> key_types(aws::Client& client, const std::string& table) {
  auto answer = dynamodb(client, "DescribeTable", Document::object().set("TableName", table));
  if (!answer) return std::move(answer).error();
  const Document* description = answer->find("Table");
  const Document* schema = description ? description->find("KeySchema") : nullptr;
  const Document* attributes = description ? description->find("AttributeDefinitions") : nullptr;
  KeyTypes keys;
  if (!schema || !attributes) return failed("the table has no keys");
  for (const Document& key : schema->as_array()) {
    for (const Document& attribute : attributes->as_array()) {
      if (attribute.text("AttributeName") != key.text("AttributeName")) continue;
      keys[std::string(key.text("AttributeName"))] = attribute.text("AttributeType");
    }
  }
  return keys;
}

// Writes what waits, and what the table left, until nothing is left.
Status write_batch(aws::Client& client, const std::string& table, Document& requests) {
  Document items = Document::object();
  items.set(table, std::move(requests));
  requests = Document::array();
  for (int attempt = 0; attempt < kUnprocessedRetriesMax; ++attempt) {
    auto answer = dynamodb(client, "BatchWriteItem", Document::object().set("RequestItems", items));
    if (!answer) return std::move(answer).error();
    const Document* left = answer->find("UnprocessedItems");
    if (!left || !left->is_object() || left->as_object().empty()) return ok();
    items = *left;
    pause_ms(50 << std::min(attempt, 5));
  }
  return failed("table " + table + " leaves items unprocessed: it is throttled");
}

// One batch may not hold the same key twice.
std::string key_text(const Document& item, const KeyTypes& keys) {
  std::string text;
  for (const auto& [name, type] : keys) text += to_json(*item.find(name)) + "\n";
  return text;
}

Status write_items(aws::Client& client, const std::string& table, const KeyTypes& keys,
                   const std::vector<Document>& items) {
  Document requests = Document::array();
  std::set<std::string> in_batch;
  for (const Document& item : items) {
    const bool is_full = in_batch.size() == kBatchItems;
    if (is_full || in_batch.count(key_text(item, keys)) > 0) {
      RETURN_IF_ERROR(write_batch(client, table, requests));
      in_batch.clear();
    }
    in_batch.insert(key_text(item, keys));
    requests.push(Document::object().set("PutRequest", Document::object().set("Item", item)));
  }
  if (in_batch.empty()) return ok();
  return write_batch(client, table, requests);
}

bool is_csv(const std::string& path) {
  return path.size() > 4 && path.compare(path.size() - 4, 4, ".csv") == 0;
}

Result<std::string> output_of_stack(aws::Client& client, const Words& words, const char* name) {
  auto outputs = stack_outputs(client, words.stack);
  if (!outputs) {
    return failed("stack " + words.stack + " is not there (" + outputs.error().message +
                  "): deploy it first (tidemill deploy)");
  }
  const auto found = outputs->find(name);
  if (found == outputs->end()) return failed("stack " + words.stack + " has no output " + name);
  return found->second;
}

int replay(Words& words) {
  aws::Client client = words.session.client();
  if (words.table.empty()) {
    auto table = output_of_stack(client, words, "TableName");
    if (!table) return failure(table.error());
    words.table = *table;
  }
  auto keys = key_types(client, words.table);
  if (!keys) return failure(keys.error());
  auto text = file_text(words.file);
  if (!text) return failure(text.error());
  auto items = is_csv(words.file) ? items_of_csv(*text, *keys) : items_of_json_lines(*text, *keys);
  if (!items) return failure(words.file + ": " + items.error().message);
  if (auto written = write_items(client, words.table, *keys, *items); !written) {
    return failure(written.error());
  }
  if (words.session.is_json()) {
    std::printf("{\"sent\":%zu}\n", items->size());
  } else {
    std::printf("%zu items of %s are in table %s\n", items->size(), words.file.c_str(),
                words.table.c_str());
  }
  return kDone;
}

int generate(Words& words) {
  if (!words.file.empty()) return replay(words);
  if (words.plan.function_name.empty()) {
    aws::Client client = words.session.client();
    auto name = output_of_stack(client, words, "GeneratorFunctionName");
    if (!name) return failure(name.error());
    words.plan.function_name = *name;
  }
  std::atomic<uint64_t> acknowledged{0};
  auto sent = send_orders(words.session, words.plan, acknowledged);
  if (!sent) {
    return failure(sent.error().message + " (" + std::to_string(acknowledged) +
                   " orders were acknowledged before)");
  }
  if (words.session.is_json()) {
    std::printf("%s\n", to_json(sent_document(*sent)).c_str());
    return kDone;
  }
  std::printf(
      "sent %llu orders: %llu changed later, %llu cancelled, %llu late, %llu malformed, "
      "%llu of the test channel\n",
      static_cast<unsigned long long>(sent->sent), static_cast<unsigned long long>(sent->updated),
      static_cast<unsigned long long>(sent->removed), static_cast<unsigned long long>(sent->late),
      static_cast<unsigned long long>(sent->malformed),
      static_cast<unsigned long long>(sent->test));
  return kDone;
}

}  // namespace

void add_generate(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  words->plan.first = static_cast<uint64_t>(now().milliseconds / 1000 % 100'000) * 10'000;
  CLI::App* command = app.add_subcommand("generate", "Sends orders, or replays a file");
  command->add_option("--orders", words->plan.orders, "How many")->capture_default_str();
  command->add_option("--seed", words->plan.seed, "Everything of an order follows from it")
      ->capture_default_str();
  command->add_option("--first", words->plan.first, "Number of the first order; default: by time");
  command->add_option("--slice", words->plan.slice, "Orders of one invocation")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_option("--senders", words->plan.senders, "Invocations at once")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->add_option("--function-name", words->plan.function_name,
                      "Default: the stack's GeneratorFunctionName");
  command->add_option("--from", words->file, "Replay FILE.csv or FILE.jsonl into the table instead")
      ->check(CLI::ExistingFile);
  command->add_option("--table-name", words->table, "Default: the stack's TableName");
  command->add_option("--stack-name", words->stack, "Stack that names function and table")
      ->capture_default_str();
  add_session_options(*command, words->session);
  command->callback([words, &code] { code = generate(*words); });
}

}  // namespace tidemill::cli
