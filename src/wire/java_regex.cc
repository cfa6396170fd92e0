#include "wire/java_regex.h"

#include <oniguruma.h>

#include <memory>
#include <string>
#include <unordered_map>

namespace tidemill {
namespace {

struct FreeRegex {
  void operator()(OnigRegex regex) const { onig_free(regex); }
};
using Regex = std::unique_ptr<std::remove_pointer_t<OnigRegex>, FreeRegex>;

const OnigUChar* begin_of(std::string_view text) {
  return reinterpret_cast<const OnigUChar*>(text.data());
}

// Java names characters beyond the first plane by their surrogates; Oniguruma by their number.
std::string without_surrogates(std::string_view pattern) {
  std::string out(pattern);
  constexpr std::string_view kSurrogates = "\\uD800\\uDC00-\\uDBFF\\uDFFF";
  constexpr std::string_view kPlanes = "\\x{10000}-\\x{10FFFF}";
  for (size_t at = out.find(kSurrogates); at != std::string::npos; at = out.find(kSurrogates)) {
    out.replace(at, kSurrogates.size(), kPlanes);
  }
  return out;
}

Regex compile(std::string_view java) {
  OnigRegex regex = nullptr;
  OnigErrorInfo why{};
  // The end belongs to the pattern: an alternative that matches less must be given up for another.
  const std::string pattern = "(?:" + without_surrogates(java) + ")\\z";
  const OnigUChar* begin = begin_of(pattern);
  const int status = onig_new(&regex, begin, begin + pattern.size(), ONIG_OPTION_NONE,
                              ONIG_ENCODING_UTF8, ONIG_SYNTAX_JAVA, &why);
  return Regex(status == ONIG_NORMAL ? regex : nullptr);
}

const Regex& compiled(std::string_view pattern) {
  thread_local std::unordered_map<std::string_view, Regex> kept;
  const auto found = kept.find(pattern);
  if (found != kept.end()) return found->second;
  return kept.emplace(pattern, compile(pattern)).first->second;
}

}  // namespace

bool matches_java_pattern(std::string_view pattern, std::string_view text) {
  const Regex& regex = compiled(pattern);
  if (!regex) return true;
  const OnigUChar* begin = begin_of(text);
  const OnigUChar* end = begin + text.size();
  const int matched = onig_match(regex.get(), begin, end, begin, nullptr, ONIG_OPTION_NONE);
  return matched == static_cast<int>(text.size());
}

std::optional<bool> matches_user_pattern(std::string_view pattern, std::string_view text) {
  const Regex regex = compile(pattern);
  if (!regex) return std::nullopt;
  const OnigUChar* begin = begin_of(text);
  const int matched =
      onig_match(regex.get(), begin, begin + text.size(), begin, nullptr, ONIG_OPTION_FIND_LONGEST);
  if (matched < 0 && matched != ONIG_MISMATCH) return std::nullopt;  // the limit of retries
  return matched == static_cast<int>(text.size());
}

bool is_java_pattern(std::string_view pattern) { return compile(pattern) != nullptr; }

}  // namespace tidemill
