#include "services/s3/ranges.h"

#include <gtest/gtest.h>

#include "wire/document.h"

namespace tidemill::s3 {
namespace {

std::optional<Range> range_of(std::string_view text, uint64_t size) {
  return *resolve_range(text, size);
}

TEST(Ranges, AreCutToTheObject) {
  EXPECT_EQ(range_of("bytes=0-3", 10), (Range{0, 4}));
  EXPECT_EQ(range_of("bytes=4-", 10), (Range{4, 6}));
  EXPECT_EQ(range_of("bytes=4-99", 10), (Range{4, 6}));
  EXPECT_EQ(range_of("bytes=-4", 10), (Range{6, 4}));
  EXPECT_EQ(range_of("bytes=-99", 10), (Range{0, 10}));
}

TEST(Ranges, ThatAreNotOneRangeMeanTheWholeObject) {
  for (const char* text : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4",
                           "bytes=0-1,3-4", "items=0-1", "bytes=1-99999999999999999999999"}) {
    EXPECT_FALSE(range_of(text, 10)) << text;
  }
}

TEST(Ranges, BeyondTheObjectAreRefused) {
  for (const char* text : {"bytes=10-", "bytes=10-12", "bytes=-0"}) {
    const auto range = resolve_range(text, 10);
    ASSERT_FALSE(range) << text;
    EXPECT_EQ(range.error().kind, ErrorKind::InvalidRange);
    EXPECT_EQ(range.error().members->find("ActualObjectSize")->as_number(), "10");
  }
  EXPECT_FALSE(resolve_range("bytes=0-", 0));
  EXPECT_FALSE(resolve_range("bytes=-1", 0));
}

TEST(CopyRanges, MustLieWithinTheSource) {
  EXPECT_EQ(*resolve_copy_range("bytes=0-9", 10), (Range{0, 10}));
  for (const char* text : {"bytes=0-10", "bytes=5-", "bytes=-5", "0-5", "bytes=3-2"}) {
    EXPECT_EQ(resolve_copy_range(text, 10).error().kind, ErrorKind::InvalidArgument) << text;
  }
}

TEST(ContentRange, NamesFirstLastAndSize) {
  EXPECT_EQ(content_range(Range{2, 3}, 10), "bytes 2-4/10");
}

}  // namespace
}  // namespace tidemill::s3
