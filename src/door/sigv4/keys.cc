#include "door/sigv4/keys.h"

#include <algorithm>
#include <utility>

namespace tidemill::sigv4 {
namespace {

using Keys = std::map<std::string, Secret, std::less<>>;

struct Section {
  std::string name;
  std::string access_key;
  Secret secret;
};

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

Status keep(Section section, Keys& keys) {
  if (section.name.empty()) return ok();
  if (section.access_key.empty() || section.secret.secret_access_key.empty()) {
    return errors::ValidationException("Keys file: section [" + section.name +
                                       "] needs both aws_access_key_id and aws_secret_access_key");
  }
  const auto [place, is_new] = keys.emplace(section.access_key, std::move(section.secret));
  if (!is_new) {
    return errors::ValidationException("Keys file: access key " + section.access_key +
                                       " stands there twice");
  }
  return ok();
}

void set(std::string_view name, std::string_view value, Section& section) {
  if (name == "aws_access_key_id") section.access_key = value;
  if (name == "aws_secret_access_key") section.secret.secret_access_key = value;
  if (name == "aws_session_token") section.secret.session_token = value;
  if (name == "aws_account_id") section.secret.account = value;
}

}  // namespace

Result<Keys> parse_keys(std::string_view text) {
  Keys keys;
  Section section;
  int line_number = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line[0] == '[' && line.back() == ']' && line.size() > 2) {
      RETURN_IF_ERROR(keep(std::exchange(section, {}), keys));
      section.name = line.substr(1, line.size() - 2);
      continue;
    }
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos || section.name.empty()) {
      return errors::ValidationException("Keys file: line " + std::to_string(line_number) +
                                         " is neither [section] nor name = value in a section");
    }
    set(trim(line.substr(0, equals)), trim(line.substr(equals + 1)), section);
  }
  RETURN_IF_ERROR(keep(std::move(section), keys));
  return keys;
}

}  // namespace tidemill::sigv4
