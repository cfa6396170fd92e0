#include "storage/columnar/parquet.h"

#include <gtest/gtest.h>

namespace tidemill::columnar {
namespace {

class ParquetTest : public ::testing::Test {
 protected:
  ParquetTest() {
    auto opened = Engine::open({.memory_bytes = 256ULL << 20, .threads = 2});
    CHECK(opened);
    engine = *std::move(opened);
  }
  // Writes the records and reads `sql` over the file as table "t".
  std::string read(const std::vector<std::string_view>& records, std::vector<HiveColumn> columns,
                   const std::string& expression) {
    options.columns = std::move(columns);
    auto made = to_parquet(*engine, records, options);
    if (!made) return made.error().message;
    file = *std::move(made);
    if (file.bytes.empty()) return file.errors.empty() ? "" : file.errors[0].message;
    MemoryFiles files;
    files.put("s3://t/t.parquet", file.bytes);
    const auto table =
        engine->run("SELECT " + expression + " FROM 's3://t/t.parquet'", {.files = &files});
    if (!table) return table.error().message;
    std::string out;
    for (const Row& row : table->rows) {
      if (!out.empty()) out += '|';
      out += row[0].value_or("NULL");
    }
    return out;
  }
  std::string error_of(std::string_view record, const std::string& type) {
    return read({record}, {{"v", type}}, "v");
  }
  std::unique_ptr<Engine> engine;
  ParquetOptions options;
  ParquetFile file;
};

TEST_F(ParquetTest, WritesEveryKindOfColumn) {
  const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> cases = {
      {"boolean", {"true", "true"}},
      {"boolean", {"\"false\"", "false"}},
      {"tinyint", {"-128", "-128"}},
      {"smallint", {"\"7\"", "7"}},
      {"int", {"1.0", "1"}},
      {"bigint", {"9223372036854775807", "9223372036854775807"}},
      {"float", {"1.5", "1.5"}},
      {"double", {"1e300", "1.0E300"}},
      {"double", {"12", "12.0"}},
      {"decimal(38,2)",
       {"123456789012345678901234567890123456.785", "123456789012345678901234567890123456.79"}},
      {"decimal(5,2)", {"\"-1.005\"", "-1.01"}},
      {"string", {"\"a\\u00e9\\n\"", "aé\n"}},
      {"string", {"12.50", "12.50"}},
      {"string", {"{\"a\": [1, 2]}", "{\"a\": [1, 2]}"}},
      {"binary", {"\"aGk=\"", "68 69"}},
      {"date", {"\"2024-02-29\"", "2024-02-29"}},
      {"timestamp", {"\"2024-02-29T12:00:00.5Z\"", "2024-02-29 12:00:00.500"}},
      {"timestamp", {"\"2024-02-29 12:00:00+02:00\"", "2024-02-29 10:00:00.000"}},
      {"timestamp", {"1700000000", "2023-11-14 22:13:20.000"}},
      {"timestamp", {"1700000000123", "2023-11-14 22:13:20.123"}},
      {"timestamp", {"1700000000.25", "2023-11-14 22:13:20.250"}},
      {"array<int>", {"[1,null,3]", "[1, null, 3]"}},
      {"array<int>", {"[]", "[]"}},
      {"map<string,array<int>>", {"{\"a\":[1],\"b\":null}", "{a=[1], b=null}"}},
      {"map<int,string>", {"{\"1\":\"x\"}", "{1=x}"}},
      {"struct<a:int,b:struct<c:string>>", {"{\"B\":{\"C\":\"x\"}}", "{a=null, b={c=x}}"}},
      {"array<struct<n:int>>", {"[{\"n\":1},{}]", "[{n=1}, {n=null}]"}},
      {"int", {"null", "NULL"}},
  };
  for (const auto& [type, value] : cases) {
    const std::string record = "{\"v\":" + value.first + "}";
    EXPECT_EQ(read({record}, {{"v", type}}, "v"), value.second) << type << " " << record;
    EXPECT_TRUE(file.errors.empty());
  }
}

TEST_F(ParquetTest, NamesTheRecordAndTheColumnThatDoNotFit) {
  EXPECT_EQ(error_of(R"({"v":128})", "tinyint"),
            "record 0, column v: '128' is not a whole number of that size");
  EXPECT_EQ(error_of(R"({"v":"x"})", "int"),
            "record 0, column v: 'x' is not a whole number of that size");
  EXPECT_EQ(error_of(R"({"v":1.5})", "bigint"),
            "record 0, column v: '1.5' is not a whole number of that size");
  EXPECT_EQ(error_of(R"({"v":1000})", "decimal(5,2)"),
            "record 0, column v: '1000' does not fit decimal(5,2)");
  EXPECT_EQ(error_of(R"({"v":"2024-02-30"})", "date"),
            "record 0, column v: '2024-02-30' is not a date");
  EXPECT_EQ(error_of(R"({"v":{"a":"x"}})", "struct<a:int>"),
            "record 0, column v.a: 'x' is not a whole number of that size");
  EXPECT_EQ(error_of(R"({"v":[1,"x"]})", "array<int>"),
            "record 0, column v: 'x' is not a whole number of that size");
  EXPECT_EQ(error_of(R"({"v":1})", "boolean"),
            "record 0, column v: the number 1 does not fit the column's type");
}

TEST_F(ParquetTest, GoesOnWithTheGoodRecords) {
  EXPECT_EQ(read({R"({"n":1})", R"({"n":"x"})", "not json", "", R"({"n":2)", R"([{"n":9}])",
                  R"({"n":3}{"n":4})", R"({"n":5}{"n":"y"})", R"({"n":6,"z":tru})", R"({"n":7})"},
                 {{"n", "int"}}, "n"),
            "1|3|4|7");
  ASSERT_EQ(file.errors.size(), 7u);
  EXPECT_EQ(file.errors[0].record, 1u);
  EXPECT_EQ(file.errors[1].record, 2u);
  EXPECT_EQ(file.errors[1].column, "");
  EXPECT_EQ(file.errors[5].record, 7u);
  EXPECT_EQ(file.rows, 4u);
}

TEST_F(ParquetTest, KeepsEveryRowOfManyChunks) {
  std::vector<std::string> texts;
  for (int i = 0; i < 10'000; ++i) {
    const std::string n = std::to_string(i);
    texts.push_back("{\"n\":" + n + ",\"l\":[" + n + "," + n + "],\"s\":\"a long enough text " + n +
                    "\"}" + (i % 3 == 0 ? "{\"n\":0}" : ""));
  }
  const std::vector<std::string_view> records(texts.begin(), texts.end());
  EXPECT_EQ(
      read(records, {{"n", "int"}, {"l", "array<int>"}, {"s", "string"}},
           "count(*) || ',' || sum(n) || ',' || sum(list_sum(l)) || ',' || count(DISTINCT s)"),
      "13334,49995000,99990000,10000");
}

TEST_F(ParquetTest, MatchesKeysWithoutCaseUnlessToldOtherwise) {
  EXPECT_EQ(read({R"({"OrderId":1})"}, {{"orderid", "int"}}, "orderid"), "1");
  options.reading.case_insensitive = false;
  EXPECT_EQ(read({R"({"OrderId":1})"}, {{"orderid", "int"}}, "orderid"), "NULL");
  options.reading.key_names["orderid"] = "OrderId";
  EXPECT_EQ(read({R"({"OrderId":1})"}, {{"orderid", "int"}}, "orderid"), "1");
  options.reading.dots_to_underscores = true;
  EXPECT_EQ(read({R"({"a.b":1})"}, {{"a_b", "int"}}, "a_b"), "1");
}

TEST_F(ParquetTest, CompressesAsAsked) {
  for (const auto& [compression, name] : {std::pair{Compression::kSnappy, "SNAPPY"},
                                          {Compression::kGzip, "GZIP"},
                                          {Compression::kZstd, "ZSTD"},
                                          {Compression::kUncompressed, "UNCOMPRESSED"}}) {
    options.compression = compression;
    read({R"({"n":1})"}, {{"n", "int"}}, "n");
    MemoryFiles files;
    files.put("s3://t/t.parquet", file.bytes);
    const auto table = engine->run("SELECT compression FROM parquet_metadata('s3://t/t.parquet')",
                                   {.files = &files});
    ASSERT_TRUE(table);
    EXPECT_EQ(table->rows[0][0], name);
  }
}

TEST_F(ParquetTest, MakesNoFileWithoutRows) {
  EXPECT_EQ(read({}, {{"n", "int"}}, "n"), "");
  EXPECT_EQ(file.rows, 0u);
}

TEST_F(ParquetTest, RefusesColumnsThatAreWrong) {
  for (const std::vector<HiveColumn>& columns : {std::vector<HiveColumn>{},
                                                 {{"a", "money"}},
                                                 {{"a", "int"}, {"A", "int"}},
                                                 {{"a", "struct<b:int,B:int>"}}}) {
    options.columns = columns;
    const auto made = to_parquet(*engine, {}, options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::ValidationException);
  }
}

TEST_F(ParquetTest, HoldsAgainstDeepAndBrokenRecords) {
  std::string deep = "{\"x\":";
  for (int i = 0; i < 5000; ++i) deep += "[";
  for (int i = 0; i < 5000; ++i) deep += "]";
  deep += "}";
  read({deep, "{", "{\"n\":}", "{\"n\" 1}", "{\"n\":1,}", "{\"n\":\"\\u12\"}", "{\"n\":1}}",
        "{\"n\":01}", "{\"\xff\":1}", "{\"n\":-}", "{\"n\":1e}"},
       {{"n", "int"}}, "n");
  EXPECT_EQ(file.rows, 0u);
  EXPECT_EQ(file.errors.size(), 11u);
}

}  // namespace
}  // namespace tidemill::columnar
