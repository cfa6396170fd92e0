// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
#include "shapes/lambda/UpdateFunctionConfiguration.h"

#include "services/lambda/configuration.h"
#include "services/lambda/functions.h"

namespace tidemill::lambda {

Task<Result<FunctionConfiguration>> UpdateFunctionConfiguration(
    Call& call, UpdateFunctionConfigurationInput input) {
  auto of = parse_function(call.scope(), input.FunctionName);
  if (!of) co_return std::move(of).error();
  CO_RETURN_IF_ERROR(check_settings(call.environment.files, input));
  auto act = [&](kv::Transaction& tx) -> Result<FunctionConfiguration> {
    auto latest = find_version(tx, *of, 0);
    if (!latest) return function_not_found(*of);
    RETURN_IF_ERROR(check_revision(input.RevisionId, latest->configuration.RevisionId));
    apply_settings(latest->configuration, input);
    mark_changed(latest->configuration, call.now(), call.environment.random);
    put_version(tx, *of, 0, *latest);
    return latest->configuration;
  };
  auto committing = call.environment.store.command(std::move(act));
  Result<FunctionConfiguration> changed = co_await std::move(committing);
  if (changed) call.environment.part<Functions>().retire(*of);
  co_return changed;
}

OPERATION(UpdateFunctionConfiguration);

}  // namespace tidemill::lambda
