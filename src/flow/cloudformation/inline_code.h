// Code that stands in a template as text, packed as Lambda wants it.
#pragma once

#include <string>
#include <string_view>

namespace tidemill::flow {

// A zip archive with one stored (not compressed) file that anyone may read. The same text makes the
// same bytes. APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16.
std::string zip_of_one_file(std::string_view name, std::string_view text);

}  // namespace tidemill::flow
