// Between the files of this folder.
#pragma once

#include <string_view>

namespace tidemill::objects {

// Touched by a command that erased the last owner of a file.
inline constexpr std::string_view kErasedTopic = "objects:erased";

}  // namespace tidemill::objects
