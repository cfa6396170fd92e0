#include "wire/target_arn.h"

namespace tidemill {
namespace {

struct Form {
  std::string_view service;
  std::string_view prefix;
  TargetKind kind;
};

constexpr Form kForms[] = {
    {"kinesis", "stream/", TargetKind::kKinesis},
    {"firehose", "deliverystream/", TargetKind::kFirehose},
    {"lambda", "function:", TargetKind::kLambda},
    {"events", "event-bus/", TargetKind::kEventBus},
    {"logs", "log-group:", TargetKind::kLogGroup},
};

}  // namespace

Result<TargetArn> parse_target_arn(std::string_view text) {
  const auto arn = parse_arn(text);
  if (!arn) {
    return errors::ValidationException("Parameter " + std::string(text) +
                                       " is not valid. Reason: Provided Arn is not in correct "
                                       "format.");
  }
  for (const Form& form : kForms) {
    if (arn->service != form.service || !arn->resource.starts_with(form.prefix)) continue;
    std::string name = arn->resource.substr(form.prefix.size());
    if (form.kind == TargetKind::kLogGroup && name.ends_with(":*")) name.resize(name.size() - 2);
    if (name.empty()) break;
    return TargetArn{form.kind, arn->scope, std::move(name), std::string(text)};
  }
  return errors::ValidationException(
      "Target " + std::string(text) +
      " is not supported by Tidemill. It delivers to Kinesis streams, Firehose delivery streams, "
      "Lambda functions, event buses and CloudWatch log groups.");
}

}  // namespace tidemill
