// What TransactWriteItems and TransactGetItems have in common.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/document.h"
#include "wire/error.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

// Why each item of a transaction did or did not stop it, in the order of the request.
class CancellationReasons {
 public:
  void add_none();
  // A failed condition or an item that DynamoDB refuses; other errors are the request's own.
  // False when `error` does not cancel but must be answered as it is.
  bool add(const Error& error);
  bool cancels() const { return cancels_; }
  // TransactionCanceledException with all reasons.
  Error error() const;

 private:
  Document reasons_ = Document::array();
  std::string codes_;
  bool cancels_ = false;
};

}  // namespace tidemill::dynamodb
