// Times as signatures carry them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace tidemill::sigv4 {

// "20130524T000000Z", or the RFC 1123 form of a Date header; nullopt for anything else.
std::optional<Timestamp> parse_time(std::string_view text);
std::string basic_time(Timestamp time);  // "20130524T000000Z"
std::string iso_time(Timestamp time);    // "2013-05-24T00:00:00Z"

}  // namespace tidemill::sigv4
