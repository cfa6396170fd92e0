#include "shapes/athena/GetQueryResults.h"

#include <charconv>

#include "services/athena/executions.h"
#include "services/athena/results.h"
#include "services/s3/objects.h"

namespace tidemill::athena {

namespace {

constexpr uint64_t kPieceBytes = 1ULL << 20;
constexpr uint64_t kPageBytesMax = 64ULL << 20;

// "s3://bucket/key" into its parts.
std::pair<std::string, std::string> split_location(const std::string& location) {
  const size_t slash = location.find('/', 5);
  return {location.substr(5, slash - 5), location.substr(slash + 1)};
}

Result<uint64_t> offset_of(const std::optional<std::string>& token) {
  uint64_t offset = 0;
  if (!token) return offset;
  const char* end = token->data() + token->size();
  const auto [parsed, error] = std::from_chars(token->data(), end, offset);
  if (error != std::errc() || parsed != end) {
    return errors::InvalidRequestException("Malformed NextToken");
  }
  return offset;
}

Status check_finished(const QueryExecution& execution) {
  const std::string& state = *execution.Status->State;
  if (state == "SUCCEEDED") return ok();
  if (!has_ended(execution)) {
    return errors::InvalidRequestException("Query has not yet finished. Current state: " + state);
  }
  return errors::InvalidRequestException("Query did not finish successfully. Final query state: " +
                                         state);
}

// A page of rows from `offset`: pieces of the object until there are `max` rows or no more bytes.
Task<Result<CsvPage>> read_page(Environment& environment, s3::ObjectEntry entry, uint64_t offset,
                                size_t max, bool text) {
  std::string bytes;
  uint64_t piece = kPieceBytes;
  CsvPage page;
  while (offset + bytes.size() < entry.size) {
    auto reading = s3::read_object(environment, entry, offset + bytes.size(), piece);
    Result<std::string> more = co_await std::move(reading);
    if (!more) co_return std::move(more).error();
    bytes += *more;
    const bool last = offset + bytes.size() >= entry.size;
    page = text ? read_lines(bytes, max, last) : read_csv(bytes, max);
    if (page.rows.size() >= max || last || bytes.size() > kPageBytesMax) break;
    piece *= 2;
  }
  co_return std::move(page);
}

}  // namespace

Task<Result<GetQueryResultsOutput>> GetQueryResults(Call& call, GetQueryResultsInput input) {
  const auto view = call.environment.store.published();
  auto execution = require_execution(*view, call.scope(), input.QueryExecutionId);
  if (!execution) co_return std::move(execution).error();
  CO_RETURN_IF_ERROR(check_finished(*execution));
  const auto columns = find_result_columns(*view, call.scope(), input.QueryExecutionId);
  Result<uint64_t> offset = offset_of(input.NextToken);
  if (!offset) co_return std::move(offset).error();
  const auto [bucket, key] = split_location(*execution->ResultConfiguration->OutputLocation);
  auto entry = s3::find_object(*view, bucket, key);
  if (!entry || !columns) {
    co_return errors::InvalidRequestException("Could not find results");
  }
  const auto max = static_cast<size_t>(input.MaxResults.value_or(1000));
  const uint64_t size = entry->size;
  auto reading = read_page(call.environment, *std::move(entry), *offset, max, columns->text);
  Result<CsvPage> page = co_await std::move(reading);
  if (!page) co_return std::move(page).error();
  GetQueryResultsOutput out;
  out.UpdateCount = 0;
  out.ResultSet.emplace();
  out.ResultSet->ResultSetMetadata.emplace();
  out.ResultSet->ResultSetMetadata->ColumnInfo = columns->columns;
  const uint64_t next = *offset + page->bytes;
  if (next < size && !page->rows.empty()) out.NextToken = std::to_string(next);
  out.ResultSet->Rows = std::move(page->rows);
  co_return std::move(out);
}

OPERATION(GetQueryResults);

}  // namespace tidemill::athena
