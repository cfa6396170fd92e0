#include "services/glue/partition_filter.h"

#include <gtest/gtest.h>

namespace tidemill::glue {
namespace {

const std::vector<Column> kKeys = {{.Name = "year", .Type = "int"},
                                   {.Name = "region", .Type = "string"}};

bool fits(std::string_view expression, const std::string& year, const std::string& region) {
  const auto filter = PartitionFilter::parse(expression, kKeys);
  EXPECT_TRUE(filter) << expression;
  return filter && filter->matches({year, region});
}

TEST(PartitionFilter, ComparesByTheTypeOfTheKey) {
  EXPECT_TRUE(fits("year > 9", "10", "eu"));
  EXPECT_TRUE(fits("year = '2024'", "2024", "eu"));
  EXPECT_FALSE(fits("region > 'eu'", "1", "ap"));
  EXPECT_TRUE(fits("year != 3 and region <> 'us'", "2", "eu"));
  EXPECT_TRUE(fits("", "2", "eu"));
}

TEST(PartitionFilter, KnowsEveryOperator) {
  EXPECT_TRUE(fits("year IN (1, 2) AND region NOT IN ('us')", "2", "eu"));
  EXPECT_TRUE(fits("year BETWEEN 1 AND 3", "3", "eu"));
  EXPECT_FALSE(fits("year NOT BETWEEN 1 AND 3", "3", "eu"));
  EXPECT_TRUE(fits("region LIKE 'e%' AND NOT region LIKE '_s'", "1", "eu"));
  EXPECT_TRUE(fits("region = 'it''s' OR (year >= 5 AND year <= 5)", "5", "eu"));
  EXPECT_TRUE(fits("region IS NULL", "5", "__HIVE_DEFAULT_PARTITION__"));
  EXPECT_TRUE(fits("`region` IS NOT NULL", "5", "eu"));
}

TEST(PartitionFilter, RefusesWhatItDoesNotKnow) {
  for (const char* expression :
       {"year", "month = 1", "year = ", "year = 1 and", "(year = 1", "year = 1)", "year IN ()",
        "region = 'x", "year = 1; drop", "year ~ 1"}) {
    const auto filter = PartitionFilter::parse(expression, kKeys);
    ASSERT_FALSE(filter) << expression;
    EXPECT_EQ(filter.error().kind, ErrorKind::InvalidInputException);
  }
  EXPECT_FALSE(PartitionFilter::parse(std::string(100000, '('), kKeys));
}

}  // namespace
}  // namespace tidemill::glue
