#include "flow/firehose/compress.h"

#include <gtest/gtest.h>
#include <snappy.h>
#include <zlib.h>

namespace tidemill::flow::firehose {
namespace {

std::string text() {
  std::string out;
  for (int i = 0; i < 20'000; ++i) out += "order " + std::to_string(i) + "\n";
  return out;
}

std::string inflated(std::string_view bytes, int window) {
  z_stream stream{};
  inflateInit2(&stream, window);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Compress, GzipReadsBack) {
  const auto packed = compressed("GZIP", text(), "n");
  EXPECT_LT(packed->size(), text().size());
  EXPECT_EQ(inflated(*packed, 15 + 16), text());
}

TEST(Compress, ZipHoldsOneNamedMember) {
  const auto packed = compressed("ZIP", text(), "orders-1");
  EXPECT_EQ(packed->substr(0, 4), std::string("PK\3\4", 4));
  EXPECT_EQ(packed->substr(30, 8), "orders-1");
  EXPECT_EQ(inflated(std::string_view(*packed).substr(38), -15), text());
}

TEST(Compress, HadoopSnappyIsBlocksWithTheirSizes) {
  const auto packed = compressed("HADOOP_SNAPPY", "abc", "n");
  EXPECT_EQ(packed->substr(0, 4), std::string("\0\0\0\3", 4));
  std::string plain;
  EXPECT_TRUE(snappy::Uncompress(packed->data() + 8, packed->size() - 8, &plain));
  EXPECT_EQ(plain, "abc");
}

TEST(Compress, SnappyBeginsWithTheStreamIdentifier) {
  const auto packed = compressed("Snappy", "abc", "n");
  EXPECT_EQ(packed->substr(0, 10), std::string("\xFF\x06\0\0sNaPpY", 10));
}

TEST(Compress, LeavesUncompressedAsItIs) {
  EXPECT_EQ(*compressed("UNCOMPRESSED", "abc", "n"), "abc");
  EXPECT_EQ(extension_of("UNCOMPRESSED"), "");
  EXPECT_EQ(extension_of("GZIP"), ".gz");
}

}  // namespace
}  // namespace tidemill::flow::firehose
