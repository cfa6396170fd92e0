#include "flow/cloudformation/inline_code.h"

#include <zlib.h>

#include <cstdint>

namespace tidemill::flow {
namespace {

void append_little_endian(std::string& out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 255);
}

// What the local header and the central directory say alike: version needed to date, sum, sizes.
void append_description(std::string& out, std::string_view name, std::string_view text) {
  constexpr uint64_t kDate = 0x21;  // 1980-01-01, the first there is
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
  append_little_endian(out, 20, 2);  // version 2.0
  append_little_endian(out, 0, 2);   // flags
  append_little_endian(out, 0, 2);   // stored
  append_little_endian(out, 0, 2);   // time
  append_little_endian(out, kDate, 2);
  append_little_endian(out, sum, 4);
  append_little_endian(out, text.size(), 4);
  append_little_endian(out, text.size(), 4);
  append_little_endian(out, name.size(), 2);
  append_little_endian(out, 0, 2);  // extra field
}

}  // namespace

std::string zip_of_one_file(std::string_view name, std::string_view text) {
  constexpr uint64_t kMadeOnUnix = 3 << 8 | 20;
  constexpr uint64_t kRegularFile = 0100644;
  std::string out = "PK\x03\x04";
  append_description(out, name, text);
  out += name;
  out += text;
  const size_t directory = out.size();
  out += "PK\x01\x02";
  append_little_endian(out, kMadeOnUnix, 2);
  append_description(out, name, text);
  append_little_endian(out, 0, 6);  // comment, disk, internal attributes
  append_little_endian(out, kRegularFile << 16, 4);
  append_little_endian(out, 0, 4);  // where the local header stands
  out += name;
  const size_t directory_bytes = out.size() - directory;
  out += "PK\x05\x06";
  append_little_endian(out, 0, 4);  // disks
  append_little_endian(out, 1, 2);
  append_little_endian(out, 1, 2);
  append_little_endian(out, directory_bytes, 4);
  append_little_endian(out, directory, 4);
  append_little_endian(out, 0, 2);  // comment
  return out;
}

}  // namespace tidemill::flow
