#include "services/s3/conditions.h"

#include <gtest/gtest.h>

namespace tidemill::s3 {
namespace {

ObjectEntry object() {
  ObjectEntry entry;
  entry.etag = "abc";
  entry.last_modified = Timestamp{50'000};
  return entry;
}

TEST(Conditions, NameEtagsInLists) {
  EXPECT_TRUE(names_etag("\"abc\"", "abc"));
  EXPECT_TRUE(names_etag("abc", "abc"));
  EXPECT_TRUE(names_etag("\"x\", \"abc\"", "abc"));
  EXPECT_TRUE(names_etag("*", "abc"));
  EXPECT_FALSE(names_etag("\"x\"", "abc"));
  EXPECT_FALSE(names_etag("", "abc"));
}

TEST(ConditionsOfReads, AnswerNotModifiedOrPreconditionFailed) {
  Conditions same;
  same.if_none_match = "\"abc\"";
  EXPECT_EQ(check_read(same, object()).error().kind, ErrorKind::NotModified);
  Conditions other;
  other.if_match = "\"x\"";
  EXPECT_EQ(check_read(other, object()).error().kind, ErrorKind::PreconditionFailed);
  Conditions newer;
  newer.if_modified_since = Timestamp{50'000};
  EXPECT_EQ(check_read(newer, object()).error().kind, ErrorKind::NotModified);
  Conditions older;
  older.if_unmodified_since = Timestamp{49'000};
  EXPECT_EQ(check_read(older, object()).error().kind, ErrorKind::PreconditionFailed);
  EXPECT_TRUE(check_read(Conditions(), object()));
}

TEST(ConditionsOfReads, LetTagsPrecedeDates) {
  Conditions match;
  match.if_match = "abc";
  match.if_unmodified_since = Timestamp{49'000};
  EXPECT_TRUE(check_read(match, object()));
  Conditions none;
  none.if_none_match = "x";
  none.if_modified_since = Timestamp{60'000};
  EXPECT_TRUE(check_read(none, object()));
}

TEST(ConditionsOfCopies, FailAsPreconditions) {
  Conditions same;
  same.if_none_match = "abc";
  EXPECT_EQ(check_copy_source(same, object()).error().kind, ErrorKind::PreconditionFailed);
}

TEST(ConditionsOfWrites, GuardWhatIsThere) {
  const std::optional<std::string> none;
  const std::optional<std::string> star = "*";
  EXPECT_EQ(check_write(none, star, "k", object()).error().kind, ErrorKind::PreconditionFailed);
  EXPECT_TRUE(check_write(none, star, "k", std::nullopt));
  EXPECT_EQ(check_write(none, "\"abc\"", "k", object()).error().kind, ErrorKind::NotImplemented);
  EXPECT_TRUE(check_write("\"abc\"", none, "k", object()));
  EXPECT_EQ(check_write("x", none, "k", object()).error().kind, ErrorKind::PreconditionFailed);
  EXPECT_EQ(check_write("x", none, "k", std::nullopt).error().kind, ErrorKind::NoSuchKey);
}

}  // namespace
}  // namespace tidemill::s3
