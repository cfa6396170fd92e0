#include "flow/glue/grouping.h"

#include <gtest/gtest.h>

namespace tidemill::glue {
namespace {

using Columns = std::vector<columnar::HiveColumn>;
const Columns kOrders = {{"id", "int"}, {"total", "double"}, {"city", "string"}};
const Columns kUsers = {{"name", "string"}, {"email", "string"}};

FoundFile file(const std::string& key, const Columns& columns) {
  FoundFile found{key, 10, {}};
  found.inferred.classification = "json";
  found.inferred.columns = columns;
  found.inferred.records = 2;
  return found;
}

std::string describe(const std::string& prefix, std::vector<FoundFile> files,
                     const GroupingOptions& options = {}) {
  std::string out;
  for (const FoundTable& table : group_tables("lake", prefix, std::move(files), options)) {
    if (!out.empty()) out += "; ";
    out += table.name + " " + table.location;
    for (const std::string& key : table.keys) out += " " + key;
    for (const FoundPartition& partition : table.partitions) {
      out += " [";
      for (const std::string& value : partition.values) out += value + ",";
      out += "]";
    }
  }
  return out;
}

TEST(Grouping, MakesOneTableWithItsPartitions) {
  EXPECT_EQ(describe("orders/", {file("orders/year=2024/month=01/a", kOrders),
                                 file("orders/year=2024/month=01/b", kOrders),
                                 file("orders/year=2024/month=02/c", kOrders)}),
            "orders s3://lake/orders/ year month [2024,01,] [2024,02,]");
  EXPECT_EQ(
      describe("orders/", {file("orders/2024/01/a", kOrders), file("orders/2024/02/b", kOrders)}),
      "orders s3://lake/orders/ partition_0 partition_1 [2024,01,] [2024,02,]");
  EXPECT_EQ(describe("orders/", {file("orders/day=a%3Ab/x", kOrders)}),
            "orders s3://lake/orders/ day [a:b,]");
}

TEST(Grouping, SeparatesFoldersThatAreNotAlike) {
  EXPECT_EQ(describe("", {file("orders/y=1/a", kOrders), file("users/u.json", kUsers)}),
            "orders s3://lake/orders/ y [1,]; users s3://lake/users/");
  EXPECT_EQ(describe("", {file("a.json", kOrders), file("b.json", kUsers)}),
            "a_json s3://lake/a.json; b_json s3://lake/b.json");
}

TEST(Grouping, NamesATableOfTheWholeBucketAfterIt) {
  EXPECT_EQ(describe("", {file("2024/a", kOrders)}), "lake s3://lake/ partition_0 [2024,]");
  EXPECT_EQ(describe("", {file("a", kOrders), file("b", kOrders)}), "lake s3://lake/");
}

TEST(Grouping, TakesFoldersThatOnlyGrew) {
  Columns grown = kOrders;
  grown.push_back({"channel", "string"});
  const auto tables =
      group_tables("lake", "o/", {file("o/d=1/a", kOrders), file("o/d=2/b", grown)}, {});
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].form.columns, grown);
  EXPECT_EQ(tables[0].partitions[0].columns, kOrders);
  EXPECT_EQ(tables[0].counts.objects, 2u);
  EXPECT_EQ(tables[0].counts.records, 4u);
}

TEST(Grouping, FollowsTheTableLevel) {
  EXPECT_EQ(describe("", {file("a/x/1", kOrders), file("a/y/2", kUsers), file("b/x/3", kOrders)},
                     {.table_level = 2}),
            "a s3://lake/a/ partition_0 [x,] [y,]; b s3://lake/b/ partition_0 [x,]");
}

TEST(Grouping, HasNoPartitionsWhereDepthsDiffer) {
  EXPECT_EQ(describe("o/", {file("o/a", kOrders), file("o/x/b", kOrders)}), "o s3://lake/o/");
}

TEST(Exclusions, AreGlobsBelowTheTarget) {
  EXPECT_TRUE(is_excluded("a/b.csv", {"**.csv"}));
  EXPECT_TRUE(is_excluded("b.csv", {"*.{json,csv}"}));
  EXPECT_FALSE(is_excluded("a/b.csv", {"*.csv"}));
  EXPECT_TRUE(is_excluded("tmp/x/y", {"tmp/**"}));
}

}  // namespace
}  // namespace tidemill::glue
