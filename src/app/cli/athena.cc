#include "app/cli/athena.h"

#include <algorithm>

#include "app/cli/session.h"

namespace tidemill::cli {
namespace {

constexpr int64_t kPollMs = 20;
constexpr int64_t kQueryMsMax = 600'000;

Result<Document> ask(aws::Client& client, const std::string& operation, const Document& input) {
  return call(client, "athena", "AmazonAthena." + operation, input);
}

Status wait_for_query(aws::Client& client, const Document& execution) {
  for (const int64_t until = monotonic_ms() + kQueryMsMax; monotonic_ms() < until;) {
    auto answer = ask(client, "GetQueryExecution", execution);
    if (!answer) return std::move(answer).error();
    const Document* found = answer->find("QueryExecution");
    const Document* status = found ? found->find("Status") : nullptr;
    if (!status) return failed("Athena answered without a status");
    const std::string_view state = status->text("State");
    if (state == "SUCCEEDED") return ok();
    if (state == "FAILED" || state == "CANCELLED") {
      return failed("the query " + std::string(state) + ": " +
                    std::string(status->text("StateChangeReason")));
    }
    pause_ms(kPollMs);
  }
  return failed("the query still runs after ten minutes");
}

Row cells_of(const Document& row) {
  Row cells;
  const Document* values = row.find("Data");
  if (!values || !values->is_array()) return cells;
  for (const Document& value : values->as_array()) {
    cells.emplace_back(value.text("VarCharValue"));
  }
  return cells;
}

void take_columns(const Document& result_set, QueryAnswer& answer) {
  const Document* metadata = result_set.find("ResultSetMetadata");
  const Document* columns = metadata ? metadata->find("ColumnInfo") : nullptr;
  if (!columns || !columns->is_array() || !answer.columns.empty()) return;
  for (const Document& column : columns->as_array()) {
    answer.columns.emplace_back(column.text("Name"));
  }
}

Status read_rows(aws::Client& client, Document input, QueryAnswer& answer) {
  bool is_first_page = true;
  for (;;) {
    auto page = ask(client, "GetQueryResults", input);
    if (!page) return std::move(page).error();
    const Document* result_set = page->find("ResultSet");
    if (!result_set) return failed("Athena answered without a result set");
    take_columns(*result_set, answer);
    const Document* rows = result_set->find("Rows");
    for (const Document& row : rows && rows->is_array() ? rows->as_array() : Document::Array()) {
      Row cells = cells_of(row);
      cells.resize(answer.columns.size());
      // A SELECT's first row holds the names again.
      if (is_first_page && cells == answer.columns) {
        is_first_page = false;
        continue;
      }
      is_first_page = false;
      answer.rows.push_back(std::move(cells));
    }
    const std::string token(page->text("NextToken"));
    if (token.empty()) return ok();
    input.set("NextToken", token);
  }
}

}  // namespace

Result<QueryAnswer> run_query(aws::Client& client, const QueryRequest& request) {
  Document input = Document::object();
  input.set("QueryString", request.sql).set("WorkGroup", request.workgroup);
  if (!request.database.empty()) {
    input.set("QueryExecutionContext", Document::object().set("Database", request.database));
  }
  if (!request.output_location.empty()) {
    input.set("ResultConfiguration",
              Document::object().set("OutputLocation", request.output_location));
  }
  auto started = ask(client, "StartQueryExecution", input);
  if (!started) return std::move(started).error();
  QueryAnswer answer;
  answer.execution_id = started->text("QueryExecutionId");
  Document execution = Document::object();
  execution.set("QueryExecutionId", answer.execution_id);
  RETURN_IF_ERROR(wait_for_query(client, execution));
  RETURN_IF_ERROR(read_rows(client, execution, answer));
  return answer;
}

Result<std::vector<NamedQuery>> named_queries(aws::Client& client, const std::string& workgroup) {
  std::vector<NamedQuery> queries;
  Document input = Document::object();
  input.set("WorkGroup", workgroup);
  for (;;) {
    auto page = ask(client, "ListNamedQueries", input);
    if (!page) return std::move(page).error();
    const Document* ids = page->find("NamedQueryIds");
    if (ids && ids->is_array() && !ids->as_array().empty()) {
      auto batch = ask(client, "BatchGetNamedQuery", Document::object().set("NamedQueryIds", *ids));
      if (!batch) return std::move(batch).error();
      const Document* found = batch->find("NamedQueries");
      for (const Document& one :
           found && found->is_array() ? found->as_array() : Document::Array()) {
        queries.push_back({std::string(one.text("NamedQueryId")), std::string(one.text("Name")),
                           std::string(one.text("Description")), std::string(one.text("Database")),
                           std::string(one.text("QueryString"))});
      }
    }
    const std::string token(page->text("NextToken"));
    if (token.empty()) break;
    input.set("NextToken", token);
  }
  std::sort(queries.begin(), queries.end(),
            [](const NamedQuery& a, const NamedQuery& b) { return a.name < b.name; });
  return queries;
}

Document rows_document(const QueryAnswer& answer) {
  Document rows = Document::array();
  for (const Row& row : answer.rows) {
    Document one = Document::object();
    for (size_t i = 0; i < row.size(); ++i) one.set(answer.columns[i], row[i]);
    rows.push(std::move(one));
  }
  return rows;
}

}  // namespace tidemill::cli
