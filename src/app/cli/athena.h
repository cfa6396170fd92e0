// SQL on Athena: run, wait, read the rows.
#pragma once

#include <string>
#include <vector>

#include "app/aws/client.h"
#include "app/cli/terminal.h"
#include "wire/document.h"

namespace tidemill::cli {

struct NamedQuery {
  std::string id;
  std::string name;
  std::string description;
  std::string database;
  std::string sql;
};

struct QueryRequest {
  std::string sql;
  std::string workgroup = "primary";
  std::string database;
  std::string output_location;  // empty: the workgroup's
};

struct QueryAnswer {
  std::string execution_id;
  Row columns;
  std::vector<Row> rows;  // a NULL is an empty text
};

// Waits for the end. A query that fails is an error with Athena's words.
Result<QueryAnswer> run_query(aws::Client& client, const QueryRequest& request);

// In the order of their names; every one of the workgroup.
Result<std::vector<NamedQuery>> named_queries(aws::Client& client, const std::string& workgroup);

// An array of objects, values as texts.
Document rows_document(const QueryAnswer& answer);

}  // namespace tidemill::cli
