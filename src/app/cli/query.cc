// `tidemill query SQL | NAME`: SQL, or a query kept in the workgroup, on Athena.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/athena.h"
#include "app/cli/command_list.h"
#include "app/cli/session.h"
#include "app/cli/stacks.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

struct Words {
  Session session;
  std::string sql;
  std::string stack = "sales";
  QueryRequest request;
};

// What was not said comes from the stack's outputs, when there is such a stack.
void fill_from_stack(aws::Client& client, Words& words) {
  if (!words.request.workgroup.empty() && !words.request.database.empty()) return;
  const auto outputs = stack_outputs(client, words.stack);
  const auto output = [&outputs](const char* name) {
    if (!outputs) return std::string();
    const auto found = outputs->find(name);
    return found == outputs->end() ? std::string() : found->second;
  };
  if (words.request.workgroup.empty()) words.request.workgroup = output("WorkGroupName");
  if (words.request.database.empty()) words.request.database = output("DatabaseName");
  if (words.request.workgroup.empty()) words.request.workgroup = "primary";
}

// A single word is the name of a query.
Status find_named(aws::Client& client, Words& words) {
  if (words.sql.find_first_of(" \n\t(") != std::string::npos) return ok();
  auto queries = named_queries(client, words.request.workgroup);
  if (!queries) return std::move(queries).error();
  std::string names;
  for (const NamedQuery& query : *queries) {
    names += " " + query.name;
    if (query.name != words.sql) continue;
    words.request.sql = query.sql;
    if (!query.database.empty()) words.request.database = query.database;
    return ok();
  }
  return failed("workgroup " + words.request.workgroup + " has no query named " + words.sql +
                "; it has:" + (names.empty() ? " none" : names));
}

int query(Words& words) {
  aws::Client client = words.session.client();
  fill_from_stack(client, words);
  words.request.sql = words.sql;
  if (auto found = find_named(client, words); !found) return failure(found.error());
  auto answer = run_query(client, words.request);
  if (!answer) return failure(answer.error());
  if (words.session.is_json()) {
    std::printf("%s\n", to_json(rows_document(*answer)).c_str());
  } else {
    std::fputs(table_text(answer->columns, answer->rows).c_str(), stdout);
  }
  return kDone;
}

}  // namespace

void add_query(CLI::App& app, int& code) {
  auto words = std::make_shared<Words>();
  words->request.workgroup.clear();
  CLI::App* command = app.add_subcommand("query", "Runs SQL or a named query on Athena");
  command->add_option("sql", words->sql, "SQL, or the name of a query of the workgroup")
      ->required();
  command->add_option("--work-group", words->request.workgroup, "Default: the stack's, or primary");
  command->add_option("--database", words->request.database, "Default: the stack's");
  command->add_option("--output-location", words->request.output_location,
                      "s3://... for the result; default: the workgroup's");
  command->add_option("--stack-name", words->stack, "Stack whose outputs fill in what is not said")
      ->capture_default_str();
  add_session_options(*command, words->session);
  command->callback([words, &code] { code = query(*words); });
}

}  // namespace tidemill::cli
