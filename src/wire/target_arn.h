// What a rule or a pipe may deliver to, told from its ARN. A pure value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/caller.h"
#include "wire/result.h"

namespace tidemill {

enum class TargetKind : uint8_t { kKinesis, kFirehose, kLambda, kEventBus, kLogGroup };

struct TargetArn {
  TargetKind kind;
  Scope scope;
  std::string name;  // of the stream, delivery stream, function, bus or log group
  std::string text;  // the ARN itself
};

// ValidationException: the text is no ARN, or it is of a kind that Tidemill does not deliver to;
// the message says which kinds there are.
Result<TargetArn> parse_target_arn(std::string_view text);

}  // namespace tidemill
