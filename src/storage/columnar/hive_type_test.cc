#include "storage/columnar/hive_type.h"

#include <gtest/gtest.h>

namespace tidemill::columnar {
namespace {

TEST(HiveType, ReadsAndWritesEveryKind) {
  for (const char* text :
       {"boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string", "binary",
        "date", "timestamp", "decimal(38,10)", "array<int>", "map<string,double>",
        "struct<a:int,b:array<struct<c:string>>>", "array<map<string,array<decimal(5,2)>>>"}) {
    const auto type = parse_hive_type(text);
    ASSERT_TRUE(type) << text;
    EXPECT_EQ(to_text(*type), text);
  }
}

TEST(HiveType, TakesOtherNamesAndSpaces) {
  EXPECT_EQ(to_text(*parse_hive_type("STRUCT< a : INTEGER , b: varchar(20) >")),
            "struct<a:int,b:string>");
  EXPECT_EQ(to_text(*parse_hive_type("decimal")), "decimal(10,0)");
  EXPECT_EQ(to_text(*parse_hive_type("numeric(5)")), "decimal(5,0)");
}

TEST(HiveType, RefusesWhatIsNoType) {
  for (const char* text : {"", "money", "array", "array<>", "array<int", "map<string>", "struct<>",
                           "struct<a>", "decimal(39,0)", "decimal(5,6)", "decimal(x)", "int>"}) {
    const auto type = parse_hive_type(text);
    ASSERT_FALSE(type) << text;
    EXPECT_EQ(type.error().kind, ErrorKind::ValidationException);
  }
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "array<";
  EXPECT_FALSE(parse_hive_type(deep));
}

}  // namespace
}  // namespace tidemill::columnar
