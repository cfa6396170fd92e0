#include "app/cli/account.h"

#include "app/cli/change_records.h"
#include "app/cli/lake_objects.h"
#include "wire/json.h"

namespace tidemill::cli {
namespace {

constexpr size_t kExamplesMax = 5;

// What became of one change record.
struct Event {
  std::string order;
  bool is_insert = false;
  bool is_dropped = false;
  uint64_t rows = 0;
  uint64_t rejections = 0;
};

struct Books {
  std::map<std::string, Event> events;  // by event id
  std::map<std::string, uint64_t> insert_rows;
  std::map<std::string, uint64_t> insert_rejections;
  std::set<std::string> dropped_orders;
};

void add_example(Account& account, const std::string& text) {
  if (account.examples.size() < kExamplesMax) account.examples.push_back(text);
}

std::string key_of(const Document& change, const std::string& key) {
  const Document* body = change.find("dynamodb");
  const Document* keys = body ? body->find("Keys") : nullptr;
  const Document* value = keys ? keys->find(key) : nullptr;
  return value ? std::string(value->text("S")) : "";
}

bool is_dropped(const Document& change, const AccountTerms& terms) {
  if (change.text("eventName") == "REMOVE") return true;
  const Document* body = change.find("dynamodb");
  const Document* image = body ? body->find("NewImage") : nullptr;
  const Document* value = image ? image->find(terms.dropped_attribute) : nullptr;
  return value && value->text("S") == terms.dropped_value;
}

Status read_changes(aws::Client& client, const AccountTerms& terms, const AccountPlaces& places,
                    Books& books, Account& account) {
  auto count = read_change_records(client, places.table, [&](const Document& change) {
    Event event;
    event.order = key_of(change, terms.key);
    event.is_insert = change.text("eventName") == "INSERT";
    event.is_dropped = is_dropped(change, terms);
    account.dropped_records += event.is_dropped;
    if (event.is_insert && event.is_dropped) books.dropped_orders.insert(event.order);
    books.events.emplace(change.text("eventID"), std::move(event));
    return true;
  });
  if (!count) return std::move(count).error();
  account.stream_records = *count;
  return ok();
}

Status count_items(aws::Client& client, const AccountPlaces& places, Account& account) {
  Document input = Document::object();
  input.set("TableName", places.table).set("Select", "COUNT");
  for (;;) {
    auto page = call(client, "dynamodb", "DynamoDB_20120810.Scan", input, "1.0");
    if (!page) return std::move(page).error();
    const Document* count = page->find("Count");
    account.items += static_cast<uint64_t>(count ? count->to_int64().value_or(0) : 0);
    const Document* last = page->find("LastEvaluatedKey");
    if (!last) return ok();
    input.set("ExclusiveStartKey", *last);
  }
}

Status read_lake(aws::Client& client, const AccountTerms& terms, const AccountPlaces& places,
                 Books& books, Account& account) {
  QueryRequest request;
  request.sql = "SELECT " + terms.key + ", " + terms.change_column + ", " + terms.event_column +
                " FROM " + terms.lake_table;
  request.workgroup = places.workgroup;
  request.database = places.database;
  auto answer = run_query(client, request);
  if (!answer) return std::move(answer).error();
  for (const Row& row : answer->rows) {
    ++account.rows;
    if (row[1] == "INSERT") ++books.insert_rows[row[0]];
    const auto event = books.events.find(row[2]);
    if (event != books.events.end()) {
      ++event->second.rows;
    } else {
      ++account.unexpected;
      add_example(account, "row of an unknown change record: " + row[0] + " " + row[2]);
    }
  }
  return ok();
}

// A rejected record holds the change record itself, or what the transform handed back, with the
// change record as text in "record".
Document change_of_error(const Document& line) {
  const auto raw = base64_decode(line.text("rawData"));
  const auto data = parse_json(raw ? *raw : std::string());
  if (!data) return {};
  const std::string_view inner = data->text("record");
  if (inner.empty()) return *data;
  const auto change = parse_json(inner);
  return change ? *change : Document();
}

void take_error_lines(const std::string& text, const AccountTerms& terms, Books& books,
                      Account& account) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto line = parse_json(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (!line) continue;
    ++account.rejected_records;
    const Document change = change_of_error(*line);
    if (change.text("eventName") == "INSERT") {
      ++books.insert_rejections[key_of(change, terms.key)];
    }
    const auto event = books.events.find(std::string(change.text("eventID")));
    if (event != books.events.end()) {
      ++event->second.rejections;
    } else {
      ++account.unexpected;
      add_example(account, "an error line of an unknown change record");
    }
  }
}

Status read_errors(aws::Client& client, const AccountTerms& terms, const AccountPlaces& places,
                   Books& books, Account& account) {
  auto keys = list_keys(client, places.bucket, terms.error_prefix);
  if (!keys) return std::move(keys).error();
  for (const std::string& key : *keys) {
    auto text = get_object(client, places.bucket, key);
    if (!text) return std::move(text).error();
    take_error_lines(*text, terms, books, account);
  }
  return ok();
}

uint64_t count_in(const std::map<std::string, uint64_t>& counts, const std::string& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

void judge_orders(const std::set<std::string>& expected, const Books& books, Account& account) {
  for (const std::string& order : expected) {
    const uint64_t rows = count_in(books.insert_rows, order);
    const uint64_t rejections = count_in(books.insert_rejections, order);
    const uint64_t drops = books.dropped_orders.count(order);
    account.delivered_rows += rows > 0;
    account.rejected += rows == 0 && rejections > 0;
    account.dropped += rows == 0 && rejections == 0 && drops > 0;
    if (rows + rejections + drops == 0) {
      ++account.missing;
      add_example(account, order + " is nowhere");
    }
    if (rows + rejections + drops > 1) {
      ++account.duplicated;
      add_example(account, order + ": " + std::to_string(rows) + " rows, " +
                               std::to_string(rejections) + " rejections");
    }
  }
  for (const auto& [order, rows] : books.insert_rows) {
    if (expected.count(order) > 0) continue;
    account.unexpected += rows;
    add_example(account, order + " is in the lake and was never acknowledged");
  }
}

void judge_events(const Books& books, Account& account) {
  for (const auto& [id, event] : books.events) {
    const uint64_t found = event.rows + event.rejections + event.is_dropped;
    account.repeated_events += found > 1;
    account.missing_events += found == 0;
    if (found == 1) continue;
    add_example(account, "change record " + id + " of " + event.order + " was found " +
                             std::to_string(found) + " times");
  }
}

}  // namespace

Result<AccountTerms> account_terms(const Document& description) {
  AccountTerms terms{std::string(description.text("key")),
                     std::string(description.text("lake_table")),
                     std::string(description.text("change_column")),
                     std::string(description.text("event_column")),
                     std::string(description.text("error_prefix")),
                     std::string(description.text("dropped_attribute")),
                     std::string(description.text("dropped_value"))};
  if (terms.key.empty() || terms.lake_table.empty() || terms.change_column.empty() ||
      terms.event_column.empty() || terms.error_prefix.empty()) {
    return failed("pipeline.json: demo.account lacks a name");
  }
  return terms;
}

Result<Account> account_of_orders(aws::Client& client, const AccountTerms& terms,
                                  const AccountPlaces& places,
                                  const std::set<std::string>& expected) {
  Books books;
  Account account;
  account.sent = expected.size();
  RETURN_IF_ERROR(count_items(client, places, account));
  RETURN_IF_ERROR(read_changes(client, terms, places, books, account));
  auto shard_records = read_stream_records(
      client, places.stream, [](const std::string&, const std::string&) { return true; });
  if (!shard_records) return std::move(shard_records).error();
  account.shard_records = *shard_records;
  RETURN_IF_ERROR(read_lake(client, terms, places, books, account));
  RETURN_IF_ERROR(read_errors(client, terms, places, books, account));
  judge_orders(expected, books, account);
  judge_events(books, account);
  return account;
}

Document account_document(const Account& account) {
  Document all = Document::object();
  all.set("sent", account.sent).set("items", account.items);
  all.set("stream_records", account.stream_records).set("shard_records", account.shard_records);
  all.set("delivered_rows", account.delivered_rows).set("rejected", account.rejected);
  all.set("dropped", account.dropped).set("missing", account.missing);
  all.set("duplicated", account.duplicated).set("unexpected", account.unexpected);
  all.set("rows", account.rows).set("rejected_records", account.rejected_records);
  all.set("dropped_records", account.dropped_records);
  all.set("repeated_events", account.repeated_events);
  all.set("missing_events", account.missing_events);
  return all;
}

}  // namespace tidemill::cli
