#include "services/firehose/jq.h"

#include <fmt/format.h>

#include <optional>
#include <set>

extern "C" {
#include <jq.h>
#include <jv.h>
}

namespace tidemill::firehose {

struct JqProgram::State {
  jq_state* jq = nullptr;
  std::string messages;
  ~State() {
    if (jq != nullptr) jq_teardown(&jq);
  }
};

namespace {

std::string text_of(jv value) {
  std::string text(jv_string_value(value),
                   static_cast<size_t>(jv_string_length_bytes(jv_copy(value))));
  jv_free(value);
  return text;
}

// What jq says while it compiles; by default it would go to stderr.
void collect(void* messages, jv message) {
  jv formatted = jq_format_error(message);
  if (jv_get_kind(formatted) == JV_KIND_STRING) {
    auto& all = *static_cast<std::string*>(messages);
    if (!all.empty()) all += "; ";
    all += text_of(formatted);
  } else {
    jv_free(formatted);
  }
}

// Consumes `value`; false when it is an object, an array or null.
bool scalar_text(jv value, std::string& text) {
  switch (jv_get_kind(value)) {
    case JV_KIND_STRING:
      text = text_of(value);
      return true;
    case JV_KIND_NUMBER:
    case JV_KIND_TRUE:
    case JV_KIND_FALSE:
      text = text_of(jv_dump_string(value, 0));
      return true;
    default:
      jv_free(value);
      return false;
  }
}

Error failed(std::string why) { return errors::InvalidArgumentException("jq: " + std::move(why)); }

std::string message_of(jv invalid) {
  jv message = jv_invalid_get_msg(invalid);
  if (jv_get_kind(message) == JV_KIND_STRING) return text_of(message);
  jv_free(message);
  return "the program makes nothing";
}

// Consumes `object`.
Result<std::map<std::string, std::string>> members_of(jv object) {
  std::map<std::string, std::string> members;
  for (int at = jv_object_iter(object); jv_object_iter_valid(object, at);
       at = jv_object_iter_next(object, at)) {
    std::string key = text_of(jv_object_iter_key(object, at));
    std::string value;
    if (!scalar_text(jv_object_iter_value(object, at), value)) {
      jv_free(object);
      return failed(fmt::format("partition key '{}' is neither text, number nor boolean", key));
    }
    members.emplace(std::move(key), std::move(value));
  }
  jv_free(object);
  return members;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$';
}

// A program must not see this process's environment, files or other input. The word is fine as a
// field (.env), as a key ({env: ...}) and as a text of its own ("env").
std::optional<std::string> word_that_reaches_outside(std::string_view program) {
  static const std::set<std::string_view> kOutside = {
      "include", "import",          "input",       "inputs",         "env",
      "$ENV",    "modulemeta",      "debug",       "input_filename", "input_line_number",
      "stderr",  "get_search_list", "$__prog_args"};
  for (size_t at = 0; at < program.size();) {
    if (!is_word(program[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < program.size() && is_word(program[end])) ++end;
    const std::string_view word = program.substr(at, end - at);
    const char before = at == 0 ? ' ' : program[at - 1];
    const size_t next = program.find_first_not_of(" \t\r\n", end);
    const char after = next == std::string_view::npos ? ' ' : program[next];
    const bool own_text = before == '"' && after == '"';
    if (kOutside.contains(word) && before != '.' && after != ':' && !own_text) {
      return std::string(word);
    }
    at = end;
  }
  return std::nullopt;
}

}  // namespace

JqProgram::JqProgram(std::unique_ptr<State> state) : state_(std::move(state)) {}
JqProgram::JqProgram(JqProgram&&) noexcept = default;
JqProgram& JqProgram::operator=(JqProgram&&) noexcept = default;
JqProgram::~JqProgram() = default;

Result<JqProgram> JqProgram::compile(const std::string& program) {
  if (const auto word = word_that_reaches_outside(program)) {
    return failed(fmt::format("'{}' is not available here", *word));
  }
  auto state = std::make_unique<State>();
  state->jq = jq_init();
  CHECK(state->jq != nullptr);
  jq_set_error_cb(state->jq, &collect, &state->messages);
  jq_set_attr(state->jq, jv_string("JQ_LIBRARY_PATH"), jv_array());
  if (jq_compile(state->jq, program.c_str()) == 0) {
    return failed(fmt::format("MetadataExtractionQuery is not valid: {}", state->messages));
  }
  return JqProgram(std::move(state));
}

Result<std::map<std::string, std::string>> JqProgram::keys_of(std::string_view json) {
  if (json.size() > kJqInputBytesMax) return failed("the record is too large");
  jv input = jv_parse_sized(json.data(), static_cast<int>(json.size()));
  if (!jv_is_valid(input)) return failed(message_of(input));
  jq_start(state_->jq, input, 0);
  jv result = jq_next(state_->jq);
  if (!jv_is_valid(result)) return failed(message_of(result));
  if (jv_get_kind(result) != JV_KIND_OBJECT) {
    jv_free(result);
    return failed("the program does not make an object");
  }
  return members_of(result);
}

}  // namespace tidemill::firehose
