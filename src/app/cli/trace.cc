// `tidemill trace ID`: where is this item? In the table, in the table's stream, in the Kinesis
// stream, in the lake.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/athena.h"
#include "app/cli/change_records.h"
#include "app/cli/command_list.h"
#include "app/cli/session.h"
#include "app/cli/stacks.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

struct Words {
  Session session;
  std::string id;
  std::string stack = "sales";
  std::string key = "order_id";
  std::string lake_table;  // empty: the stack's name, as the crawler names it by its folder
};

struct Trace {
  aws::Client client;
  const Words& words;
  StackOutputs outputs;
  std::vector<Row> rows;
  bool is_found = false;

  std::string output(const char* name) const {
    const auto found = outputs.find(name);
    return found == outputs.end() ? "" : found->second;
  }
  void add(const std::string& hop, const std::string& place, bool is_there,
           const std::string& what) {
    is_found = is_found || is_there;
    rows.push_back({hop, place, is_there ? "yes" : "no", what});
  }
};

Status look_in_table(Trace& trace) {
  const std::string table = trace.output("TableName");
  const Document key =
      Document::object().set(trace.words.key, Document::object().set("S", trace.words.id));
  auto answer = call(trace.client, "dynamodb", "DynamoDB_20120810.GetItem",
                     Document::object().set("TableName", table).set("Key", key), "1.0");
  if (!answer) return std::move(answer).error();
  const Document* item = answer->find("Item");
  const Document* status = item ? item->find("status") : nullptr;
  trace.add("1 item", table, item != nullptr,
            status ? "status " + std::string(status->text("S")) : "");
  return ok();
}

bool is_about(const Document& change, const Words& words) {
  const Document* body = change.find("dynamodb");
  const Document* keys = body ? body->find("Keys") : nullptr;
  const Document* key = keys ? keys->find(words.key) : nullptr;
  return key && key->text("S") == words.id;
}

Status look_in_changes(Trace& trace) {
  std::string names;
  auto read =
      read_change_records(trace.client, trace.output("TableName"), [&](const Document& change) {
        if (is_about(change, trace.words)) {
          names += (names.empty() ? "" : ", ") + std::string(change.text("eventName"));
        }
        return true;
      });
  if (!read) return std::move(read).error();
  trace.add("1 stream record", "table stream", !names.empty(), names);
  return ok();
}

Status look_in_stream(Trace& trace) {
  std::string shards;
  auto read = read_stream_records(trace.client, trace.output("StreamName"),
                                  [&](const std::string& bytes, const std::string& shard) {
                                    const auto change = parse_json(bytes);
                                    if (change && is_about(*change, trace.words)) {
                                      shards += (shards.empty() ? "" : ", ") + shard + " " +
                                                std::string(change->text("eventName"));
                                    }
                                    return true;
                                  });
  if (!read) return std::move(read).error();
  trace.add("3 shard record", trace.output("StreamName"), !shards.empty(), shards);
  return ok();
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

// The lake is only there once the crawler has run: its absence is an answer.
void look_in_lake(Trace& trace) {
  QueryRequest request;
  request.workgroup = trace.output("WorkGroupName");
  request.database = trace.output("DatabaseName");
  const std::string table =
      trace.words.lake_table.empty() ? trace.words.stack : trace.words.lake_table;
  request.sql =
      "SELECT * FROM " + table + " WHERE " + trace.words.key + " = " + quoted(trace.words.id);
  auto answer = run_query(trace.client, request);
  if (!answer) {
    trace.add("8 row", table, false, answer.error().message);
    return;
  }
  std::string what;
  for (const Row& row : answer->rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (answer->columns[i] != "change_type" && answer->columns[i] != "dt") continue;
      what += (what.empty() ? "" : " ") + row[i];
    }
  }
  trace.add("8 row", table, !answer->rows.empty(), what);
}

int trace_item(const Words& words) {
  Trace trace{words.session.client(), words, {}, {}};
  auto outputs = stack_outputs(trace.client, words.stack);
  if (!outputs) {
    return failure("stack " + words.stack + ": " + outputs.error().message +
                   " (deploy it first, or give --stack-name)");
  }
  trace.outputs = *outputs;
  if (auto looked = look_in_table(trace); !looked) return failure(looked.error());
  if (auto looked = look_in_changes(trace); !looked) return failure(looked.error());
  if (auto looked = look_in_stream(trace); !looked) return failure(looked.error());
  look_in_lake(trace);
  const Row head = {"hop", "place", "there", "what"};
  if (words.session.is_json()) {
    QueryAnswer answer;
    answer.columns = head;
    answer.rows = trace.rows;
    std::printf("%s\n", to_json(rows_document(answer)).c_str());
  } else {
    std::fputs(table_text(head, trace.rows).c_str(), stdout);
  }
  return trace.is_found ? kDone : failure(words.id + " is nowhere");
}

}  // namespace

void add_trace(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  CLI::App* command = app.add_subcommand("trace", "Where is this item? Looks at each hop");
  command->add_option("id", words->id, "The key of the item, an order's id")->required();
  command->add_option("--key", words->key, "Name of the key")->capture_default_str();
  command->add_option("--lake-table", words->lake_table, "Default: the stack's name");
  command->add_option("--stack-name", words->stack, "Stack of the pipeline")->capture_default_str();
  add_session_options(*command, words->session);
  command->callback([words, &code] { code = trace_item(*words); });
}

}  // namespace tidemill::cli
