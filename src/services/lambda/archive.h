// Zip archives that users upload. See code.h for what is refused.
#pragma once

#include <string>
#include <string_view>

#include "wire/result.h"

namespace tidemill::lambda {

// Reads the whole archive, writes nothing.
Status check_zip(std::string_view zip);
// Unpacks into `directory`, which exists and is empty. Modes of files are kept, without setuid;
// all are readable.
Status unpack_zip(std::string_view zip, const std::string& directory);

}  // namespace tidemill::lambda
