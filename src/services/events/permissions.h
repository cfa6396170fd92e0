// The resource policy of a bus: a JSON text whose statements PutPermission and RemovePermission
// change. Tidemill keeps and shows it; it does not restrict who may call.
#pragma once

#include "wire/document.h"
#include "wire/result.h"

namespace tidemill::events {

// The policy with `statement` in place of the one with the same Sid, or added.
std::string with_statement(const std::string& policy, Document statement);
// The policy without the statement; empty when none is left. ResourceNotFoundException when there
// is no such statement.
Result<std::string> without_statement(const std::string& policy, const std::string& sid);

}  // namespace tidemill::events
