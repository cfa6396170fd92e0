#include "services/lambda/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <vector>

namespace tidemill::lambda {
namespace {

struct Entry {
  std::string path;
  std::string bytes;
  int mode = 0644;
  unsigned type = AE_IFREG;
  std::string link{};
};

std::string make_zip(const std::vector<Entry>& entries) {
  std::string zip(8 << 20, '\0');
  size_t used = 0;
  struct archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, zip.data(), zip.size(), &used);
  for (const Entry& one : entries) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, one.path.c_str());
    archive_entry_set_filetype(entry, one.type);
    archive_entry_set_perm(entry, one.mode);
    archive_entry_set_size(entry, static_cast<la_int64_t>(one.bytes.size()));
    if (one.type == AE_IFLNK) archive_entry_set_symlink(entry, one.link.c_str());
    archive_write_header(writer, entry);
    archive_write_data(writer, one.bytes.data(), one.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  zip.resize(used);
  return zip;
}

class Archive : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/tidemill-archive-test";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

void expect_refused(const std::string& zip) {
  const Status status = check_zip(zip);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::InvalidParameterValueException);
}

TEST_F(Archive, IsUnpackedWithItsModes) {
  const std::string zip = make_zip({{"bootstrap", "#!/bin/sh\n", 0755}, {"a/b.txt", "b", 0600}});
  ASSERT_TRUE(check_zip(zip));
  ASSERT_TRUE(unpack_zip(zip, folder_));
  struct stat about {};
  ASSERT_EQ(::stat((folder_ + "/bootstrap").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0755U);
  ASSERT_EQ(::stat((folder_ + "/a/b.txt").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0644U);
}

TEST_F(Archive, ThatLeadsOutsideIsRefused) {
  expect_refused(make_zip({{"../evil", "x"}}));
  expect_refused(make_zip({{"/etc/evil", "x"}}));
  expect_refused(make_zip({{"a/../../evil", "x"}}));
  expect_refused(make_zip({{"link", "", 0777, AE_IFLNK, "/etc/passwd"}}));
  expect_refused(make_zip({{"a/link", "", 0777, AE_IFLNK, "../../passwd"}}));
}

TEST_F(Archive, MayHoldLinksThatStayInside) {
  EXPECT_TRUE(check_zip(make_zip({{"a/b", "x"}, {"a/link", "", 0777, AE_IFLNK, "b"}})));
}

TEST_F(Archive, ThatIsNoZipIsRefused) {
  expect_refused("this is not a zip");
  expect_refused("");
  const std::string zip = make_zip({{"a", std::string(1000, 'x')}});
  expect_refused(zip.substr(0, zip.size() / 2));
}

TEST_F(Archive, ThatGrowsBeyondTheLimitIsRefused) {
  // Five times 64 MB of zeros: small as a zip, too much when unpacked.
  std::vector<Entry> bomb;
  for (int i = 0; i < 5; ++i) bomb.push_back({std::to_string(i), std::string(64 << 20, '\0')});
  expect_refused(make_zip(bomb));
}

}  // namespace
}  // namespace tidemill::lambda
