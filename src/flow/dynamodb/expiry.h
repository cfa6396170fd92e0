// What DynamoDB does as time passes: deletes items whose TTL has come (with a stream record that
// names the service), trims stream records after 24 hours, forgets tokens of transactions after
// ten minutes. Runs on the loop; its clock is the program's, so a manual clock moves it.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
#pragma once

#include "services/call/environment.h"

namespace tidemill::flow {

class DynamodbExpiry {
 public:
  explicit DynamodbExpiry(Environment& environment) : environment_(environment) {}

  // Runs until the process ends.
  void start();

  // One round of each, all that is due; `start` calls them in turn.
  Task<void> delete_expired_items();
  Task<void> trim_streams();
  Task<void> forget_tokens();

 private:
  Task<void> run();

  Environment& environment_;
};

}  // namespace tidemill::flow
