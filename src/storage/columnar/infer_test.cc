#include "storage/columnar/infer.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "storage/columnar/parquet.h"

namespace tidemill::columnar {
namespace {

std::string describe(const std::optional<Inferred>& inferred) {
  if (!inferred) return "unknown";
  std::string out = inferred->classification + ":";
  for (const HiveColumn& column : inferred->columns) out += " " + column.name + " " + column.type;
  return out;
}
std::string text(std::string_view sample, const std::vector<Classifier>& classifiers = {}) {
  return describe(infer_text(sample, true, classifiers));
}

TEST(InferJson, FindsTheTypesOfMembers) {
  EXPECT_EQ(text(R"({"Id":1,"n":null,"big":5000000000,"price":1.5,"ok":true,"at":"2024-01-01"})"),
            "json: id int n string big bigint price double ok boolean at string");
  EXPECT_EQ(
      text("{\"a\":{\"bC\":1}}\n{\"a\":{\"d\":\"x\"},\"l\":[]}{\"l\":[{\"n\":1},{\"n\":2.5}]}"),
      "json: a struct<bC:int,d:string> l array<struct<n:double>>");
  EXPECT_EQ(text("{\"a\":1}\n{\"a\":\"x\"}"), "json: a string");
  EXPECT_EQ(text("{\n  \"a\": 1,\n  \"b\": {}\n}"), "json: a int b string");
}

TEST(InferJson, NamesTheColumnOfAnArrayAsGlueDoes) {
  EXPECT_EQ(text(R"([{"a":1},{"a":2,"b":"x"}])"), "json: array array<struct<a:int,b:string>>");
  EXPECT_EQ(text(R"([{"a":1},{"a":2,"b":"x"}])", {JsonClassifier{"c", "$[*]"}}),
            "json: a int b string");
  EXPECT_EQ(text(R"({"orders":[{"a":1},{"b":2}]})", {JsonClassifier{"c", "$.orders[*]"}}),
            "json: a int b int");
}

TEST(InferJson, ReadsASampleThatEndsWithinARecord) {
  EXPECT_EQ(describe(infer_text("{\"a\":1}\n{\"a\":2,\"b", false, {})), "json: a int");
  EXPECT_EQ(describe(infer_text("[{\"a\":1},{\"a\":2,\"b", false, {})),
            "json: array array<struct<a:int>>");
}

TEST(InferJson, IsNotFooled) {
  EXPECT_EQ(text("{broken}"), "unknown");
  EXPECT_EQ(text("{}"), "unknown");
  EXPECT_EQ(text(""), "unknown");
  EXPECT_EQ(text("[1,2]"), "unknown");
}

TEST(InferCsv, FindsDelimiterHeaderAndTypes) {
  EXPECT_EQ(text("id,name,price,ok,day,at\n1,a,1.5,true,2024-01-01,2024-01-01 12:00:00\n"),
            "csv: id bigint name string price double ok boolean day date at timestamp");
  EXPECT_EQ(text("1|a\n2|b\n"), "csv: col0 bigint col1 string");
  EXPECT_EQ(text("a\tb\n1\t\n2\t\n"), "csv: a bigint b string");
  EXPECT_EQ(text("name,city\nann,rome\nbob,oslo\n"), "csv: col0 string col1 string");
  EXPECT_EQ(text("a;b\n\"x;1\";2\n"), "csv: a string b bigint");
  EXPECT_EQ(text("just one line of text, you see"), "unknown");
  EXPECT_EQ(text(std::string("a,b\n\0,1\n", 8)), "unknown");
}

TEST(InferCsv, FollowsACustomClassifier) {
  CsvClassifier classifier{.name = "mine", .delimiter = '^', .quote = '"'};
  classifier.header = CsvClassifier::Header::kPresent;
  EXPECT_EQ(text("name^city\nann^rome\n", {classifier}), "mine: name string city string");
  classifier.header = CsvClassifier::Header::kAbsent;
  classifier.names = {"x", "y"};
  EXPECT_EQ(text("1^2\n3^4\n", {classifier}), "mine: x bigint y bigint");
}

TEST(Infer, ReadsParquetAndGzip) {
  auto engine = Engine::open({.memory_bytes = 128ULL << 20, .threads = 1});
  ASSERT_TRUE(engine);
  MemoryFiles files;
  const auto made = to_parquet(
      **engine, {R"({"id":1,"l":[{"sku":"a"}],"m":{"k":1.5},"at":"2024-01-01T00:00:00Z"})"},
      {.columns = {{"id", "bigint"},
                   {"l", "array<struct<sku:string>>"},
                   {"m", "map<string,double>"},
                   {"at", "timestamp"},
                   {"p", "decimal(10,2)"},
                   {"d", "date"},
                   {"b", "binary"}}});
  ASSERT_TRUE(made);
  files.put("s3://b/a.parquet", made->bytes);
  const auto parquet = infer(**engine, files, {"s3://b/a.parquet", made->bytes.size()}, {});
  ASSERT_TRUE(parquet);
  EXPECT_EQ(describe(*parquet),
            "parquet: id bigint l array<struct<sku:string>> m map<string,double> at timestamp "
            "p decimal(10,2) d date b binary");
  EXPECT_EQ((*parquet)->records, 1u);

  files.put("s3://b/broken.parquet", "PAR1 and nothing more");
  const auto broken = infer(**engine, files, {"s3://b/broken.parquet", 21}, {});
  ASSERT_TRUE(broken);
  EXPECT_FALSE(*broken);

  const std::string json = "{\"a\":1}\n";
  std::string packed(200, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(json.data()));
  stream.avail_in = static_cast<uInt>(json.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  files.put("s3://b/a.gz", packed + packed);
  const auto gzip = infer(**engine, files, {"s3://b/a.gz", packed.size() * 2}, {});
  ASSERT_TRUE(gzip);
  EXPECT_EQ(describe(*gzip), "json: a int");
  EXPECT_TRUE((*gzip)->gzip);
  EXPECT_EQ((*gzip)->records, 2u);
}

TEST(Infer, TellsTheErrorOfAnObject) {
  auto engine = Engine::open({.memory_bytes = 64ULL << 20, .threads = 1});
  ASSERT_TRUE(engine);
  MemoryFiles files;
  const auto inferred = infer(**engine, files, {"s3://b/none", 5}, {});
  ASSERT_FALSE(inferred);
}

TEST(MergeColumns, WidensNumbersAndUnitesStructs) {
  const auto merged = merge_columns(
      {{"a", "int"}, {"s", "struct<x:int>"}, {"t", "boolean"}},
      {{"A", "bigint"}, {"s", "struct<y:string>"}, {"t", "int"}, {"new", "array<int>"}});
  EXPECT_EQ(merged, (std::vector<HiveColumn>{{"a", "bigint"},
                                             {"s", "struct<x:int,y:string>"},
                                             {"t", "string"},
                                             {"new", "array<int>"}}));
  EXPECT_EQ(to_text(merge_types(*parse_hive_type("int"), *parse_hive_type("double"))), "double");
  EXPECT_EQ(to_text(merge_types(*parse_hive_type("array<int>"), *parse_hive_type("array<bigint>"))),
            "array<bigint>");
}

TEST(Similarity, IsHighForSchemasThatGrew) {
  EXPECT_EQ(
      similarity({{"a", "int"}, {"b", "string"}}, {{"a", "bigint"}, {"b", "string"}, {"c", "int"}}),
      1);
  EXPECT_EQ(similarity({{"a", "int"}, {"b", "string"}}, {{"x", "int"}, {"y", "string"}}), 0);
}

}  // namespace
}  // namespace tidemill::columnar
