#include "services/s3/ranges.h"

#include <algorithm>
#include <charconv>

#include "services/s3/buckets.h"

namespace tidemill::s3 {
namespace {

constexpr std::string_view kUnit = "bytes=";

struct Bounds {
  std::optional<uint64_t> first;
  std::optional<uint64_t> last;
};

bool parse_number(std::string_view text, std::optional<uint64_t>& number) {
  if (text.empty()) return true;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number.emplace());
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Bounds> parse(std::string_view text) {
  if (!text.starts_with(kUnit)) return std::nullopt;
  text.remove_prefix(kUnit.size());
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  Bounds bounds;
  const bool numbers = parse_number(text.substr(0, dash), bounds.first) &&
                       parse_number(text.substr(dash + 1), bounds.last);
  if (!numbers || (!bounds.first && !bounds.last)) return std::nullopt;
  if (bounds.first && bounds.last && *bounds.first > *bounds.last) return std::nullopt;
  return bounds;
}

::tidemill::Error invalid_range(std::string_view text, uint64_t size) {
  ::tidemill::Error error = errors::InvalidRange("The requested range is not satisfiable");
  error.members = std::make_shared<const Document>(
      Document::Object{{"RangeRequested", text}, {"ActualObjectSize", size}});
  return error;
}

}  // namespace

Result<std::optional<Range>> resolve_range(std::string_view text, uint64_t size) {
  const std::optional<Bounds> bounds = parse(text);
  if (!bounds) return std::optional<Range>();
  if (!bounds->first) {
    const uint64_t length = std::min(*bounds->last, size);
    if (length == 0) return invalid_range(text, size);
    return std::optional<Range>(Range{size - length, length});
  }
  if (*bounds->first >= size) return invalid_range(text, size);
  const uint64_t last = std::min(bounds->last.value_or(size - 1), size - 1);
  return std::optional<Range>(Range{*bounds->first, last - *bounds->first + 1});
}

Result<Range> resolve_copy_range(std::string_view text, uint64_t size) {
  const std::optional<Bounds> bounds = parse(text);
  if (!bounds || !bounds->first || !bounds->last) {
    return invalid_argument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and "
        "last are the zero-based offsets of the first and last bytes to copy",
        "x-amz-copy-source-range", text);
  }
  if (*bounds->last >= size) {
    return invalid_argument(
        "Range specified is not valid for source object of size: " + std::to_string(size),
        "x-amz-copy-source-range", text);
  }
  return Range{*bounds->first, *bounds->last - *bounds->first + 1};
}

std::string content_range(const Range& range, uint64_t size) {
  return "bytes " + std::to_string(range.first) + "-" +
         std::to_string(range.first + range.length - 1) + "/" + std::to_string(size);
}

}  // namespace tidemill::s3
