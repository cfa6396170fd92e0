// What conditions, updates and projections mean for an item.
#pragma once

#include "services/dynamodb/expression.h"
#include "wire/result.h"

namespace tidemill::dynamodb {

// Whether the condition holds. An item that does not exist is an empty one.
bool holds(const Predicate& condition, const Item& item);

// Carries out the update on `item`: every value is computed from the item as it was. Errors are
// ValidationExceptions, and then `item` is of no use.
Status apply_update(const UpdateSteps& update, Item& item);

// The parts of the item that the paths name; lists keep their order and close their gaps.
Item project(const Item& item, const Paths& paths);

}  // namespace tidemill::dynamodb
