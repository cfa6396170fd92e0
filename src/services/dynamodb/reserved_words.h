// DynamoDB's reserved words: an attribute of such a name needs a placeholder in expressions.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
#pragma once

#include <string_view>

namespace tidemill::dynamodb {

// In any case.
bool is_reserved_word(std::string_view name);

}  // namespace tidemill::dynamodb
