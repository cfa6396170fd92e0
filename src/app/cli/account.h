// The account of every order: where each one that was acknowledged ended, by its identity.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/cli/athena.h"
#include "app/cli/session.h"

namespace tidemill::cli {

// What is particular of a pipeline, from the "account" object of its pipeline.json.
struct AccountTerms {
  std::string key;                // attribute and column of the order's identity
  std::string lake_table;         // what the crawler made
  std::string change_column;      // INSERT, MODIFY
  std::string event_column;       // identity of the change record
  std::string error_prefix;       // objects of JSON lines with rawData
  std::string dropped_attribute;  // a record is dropped when its image has
  std::string dropped_value;      // this value, or when its item was removed
};
Result<AccountTerms> account_terms(const Document& description);

// The places where the pipeline keeps things.
struct AccountPlaces {
  std::string table;
  std::string stream;
  std::string bucket;
  std::string database;
  std::string workgroup;
};

struct Account {
  uint64_t sent = 0;
  uint64_t items = 0;           // in the table now
  uint64_t stream_records = 0;  // change records of the table's stream
  uint64_t shard_records = 0;   // records of the Kinesis stream
  uint64_t rows = 0;            // in the lake, of every change type
  uint64_t delivered_rows = 0;  // orders with an INSERT row
  uint64_t rejected = 0;        // orders whose INSERT stands under the error prefix
  uint64_t dropped = 0;         // orders that the transform drops
  uint64_t missing = 0;         // orders found nowhere
  uint64_t duplicated = 0;      // orders found more than once
  uint64_t unexpected = 0;      // orders that nobody sent
  uint64_t rejected_records = 0;
  uint64_t dropped_records = 0;
  uint64_t repeated_events = 0;       // change records found more than once
  uint64_t missing_events = 0;        // change records found nowhere
  std::vector<std::string> examples;  // of what is wrong, in words

  bool is_right() const {
    return missing == 0 && duplicated == 0 && unexpected == 0 && repeated_events == 0 &&
           missing_events == 0;
  }
};

// Reads the table, both streams, the lake by SQL and the error objects; nothing else may write
// meanwhile. `expected` are the keys of every order that was acknowledged.
Result<Account> account_of_orders(aws::Client& client, const AccountTerms& terms,
                                  const AccountPlaces& places,
                                  const std::set<std::string>& expected);

Document account_document(const Account& account);

}  // namespace tidemill::cli
