// The patterns of AWS's models are Java regular expressions that the whole value must match.
#pragma once

#include <optional>
#include <string_view>

namespace tidemill {

// `pattern` is constant data of the program: compiled once per thread and kept. A pattern that
// Oniguruma cannot compile matches everything (the tests say there is none in the models we use).
bool matches_java_pattern(std::string_view pattern, std::string_view text);

// The same for a pattern that a user wrote: nothing is kept. nullopt when it cannot be compiled, or
// when matching takes too many steps.
std::optional<bool> matches_user_pattern(std::string_view pattern, std::string_view text);

// False when the pattern cannot be compiled.
bool is_java_pattern(std::string_view pattern);

}  // namespace tidemill
