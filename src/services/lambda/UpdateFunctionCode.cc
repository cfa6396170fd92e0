// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
#include "shapes/lambda/UpdateFunctionCode.h"

#include "services/lambda/configuration.h"
#include "services/lambda/functions.h"

namespace tidemill::lambda {
namespace {

Result<FunctionConfiguration> update(kv::Transaction& tx, const FunctionReference& of,
                                     const UpdateFunctionCodeInput& input, const StoredCode& code,
                                     Timestamp now, sys::Random& random) {
  auto latest = find_version(tx, of, 0);
  auto definition = find_function(tx, of);
  if (!latest || !definition) return function_not_found(of);
  RETURN_IF_ERROR(check_revision(input.RevisionId, latest->configuration.RevisionId));
  latest->code = code.sha256_hex;
  latest->configuration.CodeSize = static_cast<int64_t>(code.bytes);
  latest->configuration.CodeSha256 = code.sha256_base64;
  if (input.Architectures) latest->configuration.Architectures = input.Architectures;
  mark_changed(latest->configuration, now, random);
  if (input.DryRun.value_or(false)) return latest->configuration;
  put_version(tx, of, 0, *latest);
  if (!input.Publish.value_or(false)) return latest->configuration;
  return publish(tx, of, *definition, *latest).configuration;
}

// Zips that no version needs any more.
Task<Status> remove_old_code(Call& call, FunctionReference of) {
  const auto view = call.environment.store.published();
  std::vector<std::string> kept;
  for (const FunctionVersion& version : versions_of(*view, of)) kept.push_back(version.code);
  CodeStore& store = call.environment.part<Functions>().code();
  auto work = [&store, of, kept] { return store.remove_others(of, kept); };
  auto removing = call.environment.loop.blocking(std::move(work));
  co_return co_await std::move(removing);
}

}  // namespace

Task<Result<FunctionConfiguration>> UpdateFunctionCode(Call& call, UpdateFunctionCodeInput input) {
  auto of = parse_function(call.scope(), input.FunctionName);
  if (!of) co_return std::move(of).error();
  const auto view = call.environment.store.published();
  const auto before = find_version(*view, *of, 0);
  if (!before) co_return function_not_found(*of);
  CO_RETURN_IF_ERROR(
      check_architectures(input.Architectures, before->configuration.Runtime.value_or("")));

  CodeSource source{std::move(input.ZipFile), input.S3Bucket, input.S3Key, input.S3ObjectVersion,
                    input.ImageUri};
  input.ZipFile.reset();
  auto saving = save_code(call.environment, *of, std::move(source));
  Result<StoredCode> code = co_await std::move(saving);
  if (!code) co_return std::move(code).error();

  auto act = [&](kv::Transaction& tx) {
    return update(tx, *of, input, *code, call.now(), call.environment.random);
  };
  auto committing = call.environment.store.command(std::move(act));
  Result<FunctionConfiguration> changed = co_await std::move(committing);
  if (!changed) co_return changed;
  call.environment.part<Functions>().retire(*of);
  auto removing = remove_old_code(call, *of);
  CO_RETURN_IF_ERROR(co_await std::move(removing));
  co_return changed;
}

OPERATION(UpdateFunctionCode);

}  // namespace tidemill::lambda
