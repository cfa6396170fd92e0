#include "services/glue/name_pattern.h"

#include <oniguruma.h>

namespace tidemill::glue {
namespace {

const UChar* bytes(std::string_view text) { return reinterpret_cast<const UChar*>(text.data()); }

}  // namespace

struct NamePattern::Compiled {
  regex_t* regex = nullptr;
  ~Compiled() { onig_free(regex); }
};

Result<NamePattern> NamePattern::parse(std::string_view pattern) {
  auto compiled = std::make_shared<Compiled>();
  const int status = onig_new(&compiled->regex, bytes(pattern), bytes(pattern) + pattern.size(),
                              ONIG_OPTION_DEFAULT, ONIG_ENCODING_UTF8, ONIG_SYNTAX_JAVA, nullptr);
  if (status != ONIG_NORMAL) {
    compiled->regex = nullptr;
    return errors::InvalidInputException("Expression is not a regular expression: " +
                                         std::string(pattern));
  }
  return NamePattern(std::move(compiled));
}

bool NamePattern::matches(std::string_view name) const {
  const UChar* end = bytes(name) + name.size();
  const int length = onig_match(compiled_->regex, bytes(name), end, bytes(name), nullptr, 0);
  return length == static_cast<int>(name.size());
}

}  // namespace tidemill::glue
