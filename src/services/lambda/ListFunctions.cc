// https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
#include "shapes/lambda/ListFunctions.h"

#include "services/call/operation.h"
#include "services/lambda/function_records.h"
#include "wire/json.h"

namespace tidemill::lambda {
namespace {

constexpr int32_t kPageMax = 50;

// The marker is the function and version to begin with, "name" or "name version".
std::string first_key(const std::string& all, const std::optional<std::string>& marker) {
  if (!marker) return all;
  const size_t space = marker->find(' ');
  kv::Key key = kv::Key(kv::Keyspace::kFunctionVersions);
  std::string from =
      all +
      kv::Key(kv::Keyspace::kFunctionVersions).text(marker->substr(0, space)).bytes().substr(1);
  if (space == std::string::npos || !is_version_number(marker->substr(space + 1))) return from;
  return from + key.u64(std::stoull(marker->substr(space + 1))).bytes().substr(1);
}

}  // namespace

Result<ListFunctionsOutput> ListFunctions(const Query& query, ListFunctionsInput input) {
  const bool all_versions = input.FunctionVersion.value_or("") == "ALL";
  const size_t page = static_cast<size_t>(std::min(input.MaxItems.value_or(kPageMax), kPageMax));
  const std::string all = kv::Key(kv::Keyspace::kFunctionVersions).scope(query.scope()).bytes();
  ListFunctionsOutput output;
  auto& functions = output.Functions.emplace();
  auto cursor = query.view.scan(first_key(all, input.Marker), kv::prefix_end(all));
  for (; cursor->valid(); cursor->next()) {
    kv::KeyReader reader(cursor->key());
    reader.text();
    reader.text();
    const std::string name = reader.text();
    const uint64_t number = reader.u64();
    if (number != 0 && !all_versions) continue;
    if (functions.size() == page) {
      output.NextMarker = name + " " + std::to_string(number);
      break;
    }
    auto document = parse_json(cursor->value());
    CHECK(document);  // written by us
    FunctionVersion version = from_document<FunctionVersion>(*std::move(document));
    if (all_versions && number == 0) *version.configuration.FunctionArn += ":$LATEST";
    functions.push_back(std::move(version.configuration));
  }
  return output;
}

OPERATION(ListFunctions);

}  // namespace tidemill::lambda
