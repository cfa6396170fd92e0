#include "services/s3/listing.h"

#include <gtest/gtest.h>

#include <map>

#include "services/s3/entries.h"

namespace tidemill::s3 {
namespace {

// Keys in a map, as a View.
class MapCursor : public kv::Cursor {
 public:
  using Map = std::map<std::string, std::string, std::less<>>;
  MapCursor(const Map& map, std::string_view begin, std::string_view end)
      : at_(map.lower_bound(begin)), end_(map.lower_bound(end)) {}
  bool valid() const override { return at_ != end_; }
  std::string_view key() const override { return at_->first; }
  std::string_view value() const override { return at_->second; }
  void next() override { ++at_; }

 private:
  Map::const_iterator at_;
  Map::const_iterator end_;
};

class MapView : public kv::View {
 public:
  std::optional<std::string> get(std::string_view key) const override {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
  }
  std::unique_ptr<kv::Cursor> scan(std::string_view begin, std::string_view end) const override {
    ++scans;
    return std::make_unique<MapCursor>(map, begin, end);
  }
  std::unique_ptr<kv::Cursor> scan_back(std::string_view, std::string_view) const override {
    return nullptr;
  }
  MapCursor::Map map;
  mutable int scans = 0;
};

MapView bucket_of(std::initializer_list<const char*> keys) {
  MapView view;
  for (const char* key : keys) {
    ObjectEntry entry;
    entry.key = key;
    entry.etag = "e";
    view.map[object_key("b", key)] = encode_entry(entry);
  }
  return view;
}

std::vector<std::string> keys_of(const Listing& listing) {
  std::vector<std::string> keys;
  for (const ObjectEntry& entry : listing.objects) keys.push_back(entry.key);
  return keys;
}

using Names = std::vector<std::string>;

TEST(Listing, RollsKeysUpToTheDelimiter) {
  const MapView view = bucket_of({"asdf", "boo/bar", "boo/baz/xyzzy", "cquux/bla", "cquux/thud"});
  const Listing listing = list_keys(view, "b", ListRequest{"", "/", "", 1000});
  EXPECT_EQ(keys_of(listing), Names{"asdf"});
  EXPECT_EQ(listing.common_prefixes, (Names{"boo/", "cquux/"}));
  EXPECT_FALSE(listing.truncated);
  const Listing below = list_keys(view, "b", ListRequest{"boo/", "/", "", 1000});
  EXPECT_EQ(keys_of(below), Names{"boo/bar"});
  EXPECT_EQ(below.common_prefixes, Names{"boo/baz/"});
}

TEST(Listing, GoesOnAfterKeysAndAfterCommonPrefixes) {
  const MapView view = bucket_of({"asdf", "boo/bar", "boo/baz/xyzzy", "cquux/bla", "cquux/thud"});
  Names seen;
  ListRequest request{"", "/", "", 1};
  for (int page = 0; page < 3; ++page) {
    const Listing listing = list_keys(view, "b", request);
    seen.push_back(listing.last);
    EXPECT_EQ(listing.truncated, page < 2);
    request.after = listing.last;
  }
  EXPECT_EQ(seen, (Names{"asdf", "boo/", "cquux/"}));
}

TEST(Listing, DoesNotWalkWhatLiesBelowACommonPrefix) {
  MapView view = bucket_of({});
  for (int i = 0; i < 5000; ++i) {
    ObjectEntry entry;
    view.map[object_key("b", "a/" + std::to_string(i))] = encode_entry(entry);
  }
  const Listing listing = list_keys(view, "b", ListRequest{"", "/", "", 1000});
  EXPECT_EQ(listing.common_prefixes, Names{"a/"});
  EXPECT_EQ(view.scans, 2);
}

TEST(Listing, StopsAtTheMaximumAndAtTheEndOfThePrefix) {
  const MapView view = bucket_of({"a", "b", "ba", "bb", "c"});
  const Listing listing = list_keys(view, "b", ListRequest{"b", "", "", 2});
  EXPECT_EQ(keys_of(listing), (Names{"b", "ba"}));
  EXPECT_TRUE(listing.truncated);
  EXPECT_TRUE(list_keys(view, "b", ListRequest{"", "", "", 0}).objects.empty());
  EXPECT_EQ(keys_of(list_keys(view, "b", ListRequest{"b", "", "b", 9})), (Names{"ba", "bb"}));
  EXPECT_TRUE(keys_of(list_keys(view, "other", ListRequest{})).empty());
}

TEST(ListMax, IsCappedAndNeverNegative) {
  EXPECT_EQ(*list_max(std::nullopt, "maxKeys"), kListKeysMax);
  EXPECT_EQ(*list_max(5000, "maxKeys"), kListKeysMax);
  EXPECT_EQ(*list_max(0, "maxKeys"), 0u);
  EXPECT_EQ(list_max(-1, "maxKeys").error().kind, ErrorKind::InvalidArgument);
}

TEST(EncodingType, EscapesAllButSlashes) {
  EXPECT_EQ(encoded("url", "a b/c+\x01"), "a%20b/c%2B%01");
  EXPECT_EQ(encoded(std::nullopt, "a b"), "a b");
  EXPECT_FALSE(check_encoding_type("xml"));
}

TEST(Entries, ReadBackAsTheyWereWritten) {
  ObjectEntry entry;
  entry.key = "k";
  entry.size = 5;
  entry.etag = "abc-2";
  entry.last_modified = Timestamp{1000};
  entry.checksum = ObjectChecksum{ChecksumAlgorithm::kSha256, true, "eA==-2"};
  entry.extents = {{7, 1, 2, false}, {8, 0, 3, true}};
  entry.attributes.metadata["color"] = "blue";
  entry.attributes.expires = Timestamp{2000};
  entry.parts = {{1, 2, "x"}, {2, 3, "y"}};
  const ObjectEntry back = decode_entry("k", encode_entry(entry));
  EXPECT_EQ(back.size, 5u);
  EXPECT_EQ(back.etag, "abc-2");
  EXPECT_EQ(back.checksum, entry.checksum);
  EXPECT_EQ(back.extents, entry.extents);
  EXPECT_EQ(back.attributes.metadata, entry.attributes.metadata);
  EXPECT_EQ(back.attributes.expires, entry.attributes.expires);
  ASSERT_EQ(back.parts.size(), 2u);
  EXPECT_EQ(back.parts[1].checksum, "y");
}

}  // namespace
}  // namespace tidemill::s3
