#include "storage/columnar/guess.h"
#include "storage/columnar/infer_formats.h"
#include "storage/columnar/row_reader.h"
#include "wire/json.h"

namespace tidemill::columnar {
namespace {

constexpr uint64_t kRecordsMax = 5000;  // looked at in one object

std::string_view skip(std::string_view text, std::string_view characters) {
  const size_t at = text.find_first_not_of(characters);
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}
constexpr std::string_view kSpaces = " \t\r\n";

struct Step {
  std::string member;  // empty: every element
};

// "$.a.b[*]" -> a, b, *. nullopt when it is another kind of path.
std::optional<std::vector<Step>> parse_path(std::string_view path) {
  if (!path.starts_with('$')) return std::nullopt;
  std::vector<Step> steps;
  path.remove_prefix(1);
  while (!path.empty()) {
    if (path.starts_with("[*]")) {
      steps.push_back({});
      path.remove_prefix(3);
    } else if (path.starts_with(".")) {
      path.remove_prefix(1);
      const size_t end = std::min(path.find_first_of(".["), path.size());
      if (end == 0) return std::nullopt;
      steps.push_back({std::string(path.substr(0, end))});
      path.remove_prefix(end);
    } else {
      return std::nullopt;
    }
  }
  return steps;
}

struct Found {
  Guess guess;
  uint64_t records = 0;
  uint64_t bytes = 0;
  bool array = false;  // the root is an array that no path opens
};

// Takes the records that `steps` from `at` lead to.
void take(const Document& value, const std::vector<Step>& steps, size_t at, Found& found) {
  if (at == steps.size()) {
    found.guess = merge(std::move(found.guess), guess_of(value));
    ++found.records;
    return;
  }
  if (!steps[at].member.empty()) {
    if (const Document* member = value.find(steps[at].member)) take(*member, steps, at + 1, found);
  } else if (value.is_array()) {
    for (const Document& element : value.as_array()) take(element, steps, at + 1, found);
  }
}

// Reads the values of `text` one by one, with `separators` between. False when one is no JSON.
bool read_values(std::string_view text, std::string_view separators, const std::vector<Step>& steps,
                 size_t at, Found& found) {
  while (found.records < kRecordsMax) {
    text = skip(text, separators);
    if (text.empty() || text.front() == ']') return true;
    if (text.front() != '{' && text.front() != '[') return false;
    const size_t end = object_end(text);
    if (end == std::string_view::npos) return true;  // the sample ends within it
    const auto value = parse_json(text.substr(0, end));
    if (!value) return false;
    take(*value, steps, at, found);
    found.bytes += end + 1;
    text.remove_prefix(end);
  }
  return true;
}

std::optional<Found> read_sample(std::string_view sample, const std::vector<Step>& steps) {
  Found found;
  sample = skip(sample, kSpaces);
  if (sample.empty()) return std::nullopt;
  const bool opens = sample.front() == '[' && !steps.empty() && steps[0].member.empty();
  bool read = false;
  if (opens || (sample.front() == '[' && steps.empty())) {
    // Element by element, as the sample may end before the array does.
    found.array = !opens;
    read = read_values(sample.substr(1), " \t\r\n,", steps, opens ? 1 : 0, found);
  } else {
    read = read_values(sample, kSpaces, steps, 0, found);
  }
  if (!read || found.records == 0) return std::nullopt;
  return found;
}

}  // namespace

std::optional<Inferred> infer_json(std::string_view sample, bool,
                                   const JsonClassifier* classifier) {
  const auto steps = parse_path(classifier ? classifier->path : "$");
  if (!steps) return std::nullopt;
  auto found = read_sample(sample, *steps);
  if (!found) return std::nullopt;
  Inferred out;
  out.classification = "json";
  out.format = Inferred::Format::kJson;
  out.json_path = classifier ? classifier->path : "";
  if (found->array) {
    Guess column{.kind = HiveKind::kArray};
    column.children.push_back(std::move(found->guess));
    out.columns = {{"array", to_text(type_of(column))}};
  } else {
    if (found->guess.kind != HiveKind::kStruct) return std::nullopt;
    out.columns = columns_of(found->guess);
  }
  if (out.columns.empty()) return std::nullopt;
  out.record_bytes = std::max<uint64_t>(1, found->bytes / found->records);
  out.records = found->array ? 1 : found->records;
  return out;
}

}  // namespace tidemill::columnar
