#include "flow/firehose/compress.h"

#include <snappy.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace tidemill::flow::firehose {

namespace {

constexpr int kGzipWindow = 15 + 16;  // the 16 asks zlib for gzip's header
constexpr int kRawWindow = -15;
constexpr size_t kSnappyBlockBytes = 65536;         // of the framing format
constexpr size_t kHadoopSnappyBlockBytes = 262144;  // io.compression.codec.snappy.buffersize

Result<std::string> deflated(const std::string& bytes, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return errors::Internal("deflateInit2 failed");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) return errors::Internal("deflate did not end");
  return out;
}

void append_little_endian(std::string& out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 255);
}
void append_big_endian(std::string& out, uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 255);
}

uint32_t crc_of(const std::string& bytes) {
  return static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

// PKWARE APPNOTE 4.3: local header, member, central directory, its end.
Result<std::string> zipped(const std::string& bytes, const std::string& name) {
  Result<std::string> member = deflated(bytes, kRawWindow);
  if (!member) return std::move(member).error();
  std::string shared;                        // what both headers say
  append_little_endian(shared, 20, 2);       // version needed: 2.0
  append_little_endian(shared, 1 << 11, 2);  // names are UTF-8
  append_little_endian(shared, 8, 2);        // deflate
  append_little_endian(shared, 0, 2);        // time
  append_little_endian(shared, 0x21, 2);     // date: 1980-01-01
  append_little_endian(shared, crc_of(bytes), 4);
  append_little_endian(shared, member->size(), 4);
  append_little_endian(shared, bytes.size(), 4);
  append_little_endian(shared, name.size(), 2);
  append_little_endian(shared, 0, 2);  // no extra field
  std::string out = "PK\3\4" + shared + name + *member;
  const size_t directory = out.size();
  out += "PK\1\2";
  append_little_endian(out, 20, 2);  // made by: 2.0
  out += shared;
  append_little_endian(out, 0, 2);  // no comment
  append_little_endian(out, 0, 2);  // disk
  append_little_endian(out, 0, 2);  // internal attributes
  append_little_endian(out, 0, 4);  // external attributes
  append_little_endian(out, 0, 4);  // offset of the local header
  out += name;
  const size_t directory_bytes = out.size() - directory;
  out += "PK\5\6";
  append_little_endian(out, 0, 4);
  append_little_endian(out, 1, 2);
  append_little_endian(out, 1, 2);
  append_little_endian(out, directory_bytes, 4);
  append_little_endian(out, directory, 4);
  append_little_endian(out, 0, 2);
  return out;
}

uint32_t crc32c(std::string_view bytes) {
  static const std::array<uint32_t, 256> kTable = [] {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value & 1 ? value >> 1 ^ 0x82F63B78 : value >> 1;
      table[i] = value;
    }
    return table;
  }();
  uint32_t crc = ~uint32_t{0};
  for (const char c : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 255] ^ crc >> 8;
  return ~crc;
}

// github.com/google/snappy/blob/main/framing_format.txt
std::string snappy_framed(std::string_view bytes) {
  std::string out("\xFF\x06\0\0sNaPpY", 10);
  for (size_t at = 0; at < bytes.size(); at += kSnappyBlockBytes) {
    const std::string_view block = bytes.substr(at, kSnappyBlockBytes);
    std::string packed;
    snappy::Compress(block.data(), block.size(), &packed);
    const uint32_t crc = crc32c(block);
    out += '\0';
    append_little_endian(out, packed.size() + 4, 3);
    append_little_endian(out, (crc >> 15 | crc << 17) + 0xA282EAD8, 4);
    out += packed;
  }
  return out;
}

// Blocks of Hadoop's SnappyCodec: size, packed size, packed bytes.
std::string snappy_hadoop(std::string_view bytes) {
  std::string out;
  for (size_t at = 0; at < bytes.size(); at += kHadoopSnappyBlockBytes) {
    const std::string_view block = bytes.substr(at, kHadoopSnappyBlockBytes);
    std::string packed;
    snappy::Compress(block.data(), block.size(), &packed);
    append_big_endian(out, static_cast<uint32_t>(block.size()));
    append_big_endian(out, static_cast<uint32_t>(packed.size()));
    out += packed;
  }
  return out;
}

}  // namespace

Result<std::string> compressed(const std::string& format, std::string bytes,
                               const std::string& name) {
  if (format == "GZIP") return deflated(bytes, kGzipWindow);
  if (format == "ZIP") return zipped(bytes, name);
  if (format == "Snappy") return snappy_framed(bytes);
  if (format == "HADOOP_SNAPPY") return snappy_hadoop(bytes);
  return bytes;
}

std::string extension_of(const std::string& format) {
  if (format == "GZIP") return ".gz";
  if (format == "ZIP") return ".zip";
  if (format == "Snappy") return ".snappy";
  if (format == "HADOOP_SNAPPY") return ".hsnappy";
  return {};
}

}  // namespace tidemill::flow::firehose
