#include "flow/athena_sql/time_pattern.h"

#include <cctype>
#include <map>

namespace tidemill::athena_sql {

std::optional<std::string> strftime_of_mysql(std::string_view pattern) {
  static const std::map<char, const char*> kFields = {
      {'a', "%a"}, {'b', "%b"},          {'c', "%-m"}, {'d', "%d"}, {'e', "%-d"},
      {'f', "%f"}, {'H', "%H"},          {'h', "%I"},  {'I', "%I"}, {'i', "%M"},
      {'j', "%j"}, {'k', "%-H"},         {'l', "%-I"}, {'M', "%B"}, {'m', "%m"},
      {'p', "%p"}, {'r', "%I:%M:%S %p"}, {'S', "%S"},  {'s', "%S"}, {'T', "%H:%M:%S"},
      {'v', "%V"}, {'W', "%A"},          {'x', "%G"},  {'Y', "%Y"}, {'y', "%y"},
      {'%', "%%"}};
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      out += pattern[i];
      continue;
    }
    if (++i == pattern.size()) return std::nullopt;
    const auto found = kFields.find(pattern[i]);
    if (found == kFields.end()) return std::nullopt;
    out += found->second;
  }
  return out;
}

std::optional<std::string> strftime_of_joda(std::string_view pattern) {
  static const std::map<std::string_view, const char*> kFields = {
      {"yyyy", "%Y"}, {"YYYY", "%Y"}, {"y", "%Y"},  {"yy", "%y"},  {"MM", "%m"},   {"M", "%-m"},
      {"MMM", "%b"},  {"MMMM", "%B"}, {"dd", "%d"}, {"d", "%-d"},  {"HH", "%H"},   {"H", "%-H"},
      {"hh", "%I"},   {"h", "%-I"},   {"mm", "%M"}, {"m", "%-M"},  {"ss", "%S"},   {"s", "%-S"},
      {"SSS", "%g"},  {"a", "%p"},    {"E", "%a"},  {"EEE", "%a"}, {"EEEE", "%A"}, {"DDD", "%j"}};
  std::string out;
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '\'') {
      for (++i; i < pattern.size() && pattern[i] != '\''; ++i) out += pattern[i];
      ++i;
    } else if (!std::isalpha(static_cast<unsigned char>(pattern[i]))) {
      out += pattern[i] == '%' ? "%%" : std::string(1, pattern[i]);
      ++i;
    } else {
      const size_t from = i;
      while (i < pattern.size() && pattern[i] == pattern[from]) ++i;
      const auto found = kFields.find(pattern.substr(from, i - from));
      if (found == kFields.end()) return std::nullopt;
      out += found->second;
    }
  }
  return out;
}

}  // namespace tidemill::athena_sql
