// https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
#include "shapes/lambda/DeleteFunction.h"

#include "services/call/operation.h"
#include "services/lambda/functions.h"

namespace tidemill::lambda {
namespace {

Status erase(kv::Transaction& tx, const FunctionReference& of) {
  if (of.qualifier.empty()) {
    if (!find_function(tx, of)) return function_not_found(of);
    erase_function(tx, of);
    return ok();
  }
  if (!is_version_number(of.qualifier)) {
    return errors::InvalidParameterValueException(
        of.qualifier == kLatest ? "$LATEST version cannot be deleted without deleting the function."
                                : "Aliases cannot be deleted with DeleteFunction");
  }
  if (!find_function(tx, of)) return function_not_found(of);
  for (const AliasConfiguration& alias : aliases_of(tx, of)) {
    if (alias.FunctionVersion != of.qualifier) continue;
    return errors::ResourceConflictException(
        "Unable to delete version because the following "
        "aliases reference it: [" +
        alias.Name.value_or("") + "]");
  }
  erase_version(tx, of, std::stoull(of.qualifier));
  return ok();
}

}  // namespace

Task<Result<DeleteFunctionOutput>> DeleteFunction(Call& call, DeleteFunctionInput input) {
  auto of = parse_function(call.scope(), input.FunctionName, input.Qualifier);
  if (!of) co_return std::move(of).error();
  auto act = [&of](kv::Transaction& tx) { return erase(tx, *of); };
  auto committing = call.environment.store.command(std::move(act));
  const Status erased = co_await std::move(committing);
  if (!erased) co_return erased.error();
  Functions& functions = call.environment.part<Functions>();
  functions.retire(*of);
  const auto view = call.environment.store.published();
  std::vector<std::string> kept;
  for (const FunctionVersion& version : versions_of(*view, *of)) kept.push_back(version.code);
  auto work = [&functions, of = *of, kept] { return functions.code().remove_others(of, kept); };
  auto removing = call.environment.loop.blocking(std::move(work));
  CO_RETURN_IF_ERROR(co_await std::move(removing));
  co_return DeleteFunctionOutput{};
}

OPERATION(DeleteFunction);

}  // namespace tidemill::lambda
