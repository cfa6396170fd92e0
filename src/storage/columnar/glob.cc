#include "storage/columnar/glob.h"

namespace tidemill::columnar {
namespace {

// Matches one class at pattern[0] == '['; `rest` is what follows it. A '[' without its ']' is a
// character as any other.
bool class_matches(std::string_view pattern, char c, std::string_view& rest) {
  const size_t end = pattern.find(']', 2);
  if (end == std::string_view::npos) {
    rest = pattern.substr(1);
    return c == '[';
  }
  std::string_view members = pattern.substr(1, end - 1);
  rest = pattern.substr(end + 1);
  const bool inverted = members.front() == '!' || members.front() == '^';
  if (inverted) members.remove_prefix(1);
  bool found = false;
  for (size_t i = 0; i < members.size(); ++i) {
    if (i + 2 < members.size() && members[i + 1] == '-') {
      found = found || (members[i] <= c && c <= members[i + 2]);
      i += 2;
    } else {
      found = found || members[i] == c;
    }
  }
  return found != inverted && c != '/';
}

bool star_matches(std::string_view pattern, std::string_view text) {
  const bool crosses = pattern.starts_with("**");
  const std::string_view after = pattern.substr(crosses ? 2 : 1);
  // "a/**/b" matches "a/b" too.
  if (crosses && after.starts_with('/') && glob_matches(after.substr(1), text)) return true;
  for (size_t i = 0;; ++i) {
    if (glob_matches(after, text.substr(i))) return true;
    if (i == text.size() || (!crosses && text[i] == '/')) return false;
  }
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    if (pattern.front() == '*') return star_matches(pattern, text);
    if (text.empty()) return false;
    std::string_view rest = pattern.substr(1);
    if (pattern.front() == '[') {
      if (!class_matches(pattern, text.front(), rest)) return false;
    } else if (pattern.front() == '?') {
      if (text.front() == '/') return false;
    } else if (pattern.front() != text.front()) {
      return false;
    }
    pattern = rest;
    text.remove_prefix(1);
  }
  return text.empty();
}

}  // namespace tidemill::columnar
