#include "services/athena/results.h"

#include <gtest/gtest.h>

namespace tidemill::athena {
namespace {

std::string csv(const std::vector<std::optional<std::string>>& fields) {
  std::string out;
  for (size_t i = 0; i < fields.size(); ++i) append_csv_field(out, fields[i], i == 0);
  return out + "\n";
}

TEST(Results, QuotesEveryFieldAndLeavesNullEmpty) {
  EXPECT_EQ(csv({"a", std::nullopt, "", "x\"y"}), "\"a\",,\"\",\"x\"\"y\"\n");
}

TEST(Results, ReadsBackWhatWasWritten) {
  const CsvPage page = read_csv(csv({"a\nb", std::nullopt}) + csv({std::nullopt, ","}), 10);
  ASSERT_EQ(page.rows.size(), 2u);
  EXPECT_TRUE(page.complete);
  EXPECT_EQ(page.rows[0].Data->at(0).VarCharValue, "a\nb");
  EXPECT_FALSE(page.rows[0].Data->at(1).VarCharValue);
  EXPECT_FALSE(page.rows[1].Data->at(0).VarCharValue);
  EXPECT_EQ(page.rows[1].Data->at(1).VarCharValue, ",");
}

TEST(Results, StopsBeforeARowThatIsCutOff) {
  const std::string first = csv({"a"});
  const CsvPage page = read_csv(first + "\"b", 10);
  EXPECT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(page.bytes, first.size());
  EXPECT_FALSE(page.complete);
}

TEST(Results, ReadsLinesOfText) {
  const CsvPage page = read_lines("a\nb", 10, true);
  ASSERT_EQ(page.rows.size(), 2u);
  EXPECT_EQ(page.rows[1].Data->at(0).VarCharValue, "b");
  EXPECT_EQ(read_lines("a\nb", 10, false).rows.size(), 1u);
}

}  // namespace
}  // namespace tidemill::athena
