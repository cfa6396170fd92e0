// https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
#include "shapes/lambda/GetAccountSettings.h"

#include "services/call/operation.h"
#include "services/lambda/code.h"
#include "services/lambda/function_records.h"

namespace tidemill::lambda {
namespace {

constexpr int64_t kTotalCodeBytesMax = 75LL << 30;  // as AWS says it; the disk is the limit here

}  // namespace

Result<GetAccountSettingsOutput> GetAccountSettings(const Query& query, GetAccountSettingsInput) {
  int64_t reserved = 0;
  int64_t bytes = 0;
  int64_t count = 0;
  for (const FunctionDefinition& definition : functions_of(query.view, query.scope())) {
    ++count;
    reserved += definition.reserved_concurrency.value_or(0);
    const FunctionReference of{query.scope(), definition.name, {}};
    for (const FunctionVersion& version : versions_of(query.view, of)) {
      bytes += version.configuration.CodeSize.value_or(0);
    }
  }
  GetAccountSettingsOutput output;
  auto& limit = output.AccountLimit.emplace();
  limit.TotalCodeSize = kTotalCodeBytesMax;
  limit.CodeSizeUnzipped = static_cast<int64_t>(kUnpackedBytesMax);
  limit.CodeSizeZipped = static_cast<int64_t>(kZipBytesMax);
  limit.ConcurrentExecutions = static_cast<int32_t>(kAccountConcurrency);
  limit.UnreservedConcurrentExecutions = static_cast<int32_t>(kAccountConcurrency - reserved);
  auto& usage = output.AccountUsage.emplace();
  usage.TotalCodeSize = bytes;
  usage.FunctionCount = count;
  return output;
}

OPERATION(GetAccountSettings);

}  // namespace tidemill::lambda
