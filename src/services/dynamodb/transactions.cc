#include "services/dynamodb/transactions.h"

namespace tidemill::dynamodb {

void CancellationReasons::add_none() {
  Document reason;
  reason.set("Code", "None");
  reasons_.push(std::move(reason));
  codes_ += codes_.empty() ? "None" : ", None";
}

bool CancellationReasons::add(const Error& error) {
  const bool condition = error.kind == ErrorKind::ConditionalCheckFailedException;
  if (!condition && error.kind != ErrorKind::ValidationException) return false;
  const char* code = condition ? "ConditionalCheckFailed" : "ValidationError";
  Document reason;
  reason.set("Code", code);
  reason.set("Message", error.message);
  if (const Document* item = error.members ? error.members->find("Item") : nullptr) {
    reason.set("Item", *item);
  }
  reasons_.push(std::move(reason));
  codes_ += (codes_.empty() ? "" : ", ") + std::string(code);
  cancels_ = true;
  return true;
}

Error CancellationReasons::error() const {
  Error out = errors::TransactionCanceledException(
      "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes_ +
      "]");
  Document members;
  members.set("CancellationReasons", reasons_);
  out.members = std::make_shared<const Document>(std::move(members));
  return out;
}

}  // namespace tidemill::dynamodb
