// Patterns over keys of objects.
#pragma once

#include <string_view>

namespace tidemill::columnar {

// `*` and `?` stay within a segment, `**` crosses segments, `[a-z]` and `[!a]` are classes.
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace tidemill::columnar
