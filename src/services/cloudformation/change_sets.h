// Change sets as several operations use them.
#pragma once

#include "services/cloudformation/request.h"

namespace tidemill::cloudformation {

// By its ARN, or by its name with the stack's name or id. ChangeSetNotFound; ValidationError when a
// name comes without a stack.
Result<ChangeSetRecord> change_set_named(const kv::View& view, const Scope& scope,
                                         const std::string& name_or_id,
                                         const std::optional<std::string>& stack_name);

}  // namespace tidemill::cloudformation
