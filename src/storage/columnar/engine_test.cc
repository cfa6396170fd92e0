#include "storage/columnar/engine.h"

#include <gtest/gtest.h>

#include <thread>

namespace tidemill::columnar {
namespace {

class EngineTest : public ::testing::Test {
 protected:
  EngineTest() {
    auto opened = Engine::open({.memory_bytes = 256ULL << 20, .threads = 2});
    CHECK(opened);
    engine = *std::move(opened);
  }
  Result<Engine::Table> run(const std::string& sql) {
    return engine->run(sql, {.files = &files, .cancellation = &cancellation});
  }
  std::string cell(const std::string& sql) {
    auto table = run(sql);
    if (!table) return table.error().message;
    return table->rows.at(0).at(0).value_or("NULL");
  }
  ErrorKind refusal(const std::string& sql) {
    auto table = run(sql);
    EXPECT_FALSE(table) << sql;
    return table ? ErrorKind::Internal : table.error().kind;
  }
  std::unique_ptr<Engine> engine;
  MemoryFiles files;
  Cancellation cancellation;
};

TEST_F(EngineTest, AnswersASelectWithItsColumns) {
  const auto table = run("SELECT 1 AS a, 'x' AS b, CAST(1.5 AS DECIMAL(10,2)) AS c");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->result.columns[0].type, "INTEGER");
  EXPECT_EQ(table->result.columns[2].precision, 10);
  EXPECT_EQ(table->result.columns[2].scale, 2);
  EXPECT_EQ(table->rows, (std::vector<Row>{{"1", "x", "1.50"}}));
}

TEST_F(EngineTest, PrintsEachTypeAsAthenaDoes) {
  EXPECT_EQ(cell("SELECT 1e7::DOUBLE"), "1.0E7");
  EXPECT_EQ(cell("SELECT 0.1::DOUBLE"), "0.1");
  EXPECT_EQ(cell("SELECT 123::FLOAT"), "123.0");
  EXPECT_EQ(cell("SELECT TIMESTAMP '2024-01-31 12:00:00.5'"), "2024-01-31 12:00:00.500");
  EXPECT_EQ(cell("SELECT TIMESTAMPTZ '2024-01-31 12:00:00+02'"), "2024-01-31 10:00:00.000 UTC");
  EXPECT_EQ(cell("SELECT TIMESTAMP '1969-12-31 23:59:59'"), "1969-12-31 23:59:59.000");
  EXPECT_EQ(cell("SELECT 'hi'::BLOB"), "68 69");
  EXPECT_EQ(cell("SELECT [1, NULL, 2]"), "[1, null, 2]");
  EXPECT_EQ(cell("SELECT MAP {'a': 1.0::DOUBLE}"), "{a=1.0}");
  EXPECT_EQ(cell("SELECT {'x': 1, 'y': 'two'}"), "{x=1, y=two}");
  EXPECT_EQ(cell("SELECT INTERVAL 2 DAY + INTERVAL 3 HOUR"), "2 03:00:00.000");
  EXPECT_EQ(cell("SELECT INTERVAL 14 MONTH"), "1-2");
  EXPECT_EQ(cell("SELECT NULL"), "NULL");
}

TEST_F(EngineTest, ReadsObjectsOfItsQueryOnly) {
  files.put("s3://lake/a/1.json", "{\"n\":1}\n{\"n\":2}\n");
  files.put("s3://lake/a/2.json", "{\"n\":3}\n");
  files.put("s3://lake/b/1.json", "{\"n\":100}\n");
  EXPECT_EQ(cell("SELECT sum(n) FROM read_json('s3://lake/a/*.json')"), "6");
  EXPECT_EQ(cell("SELECT sum(n) FROM read_json('s3://lake/**')"), "106");
  const auto none = engine->run("SELECT * FROM read_json('s3://lake/a/1.json')", {});
  EXPECT_FALSE(none);
}

TEST_F(EngineTest, CountsTheBytesItReads) {
  files.put("s3://lake/1.csv", "a,b\n1,2\n");
  const auto table = run("SELECT * FROM read_csv('s3://lake/1.csv')");
  ASSERT_TRUE(table);
  EXPECT_GE(table->result.bytes_scanned, 8u);
}

TEST_F(EngineTest, PublishesAnOutputOnlyWhenTheStatementSucceeds) {
  ASSERT_TRUE(run("COPY (SELECT range AS n FROM range(10)) TO 's3://lake/out.parquet'"));
  EXPECT_EQ(cell("SELECT sum(n) FROM 's3://lake/out.parquet'"), "45");
  ASSERT_TRUE(run("COPY (SELECT 1 AS n) TO 's3://lake/out.csv.gz' (FORMAT csv)"));
  EXPECT_EQ(cell("SELECT n FROM read_csv('s3://lake/out.csv.gz')"), "1");
  EXPECT_FALSE(
      run("COPY (SELECT CASE WHEN range < 9000 THEN 1 ELSE error('no') END AS n FROM "
          "range(10000)) TO 's3://lake/bad.csv.gz'"));
  EXPECT_EQ(files.uris().size(), 2u);
}

TEST_F(EngineTest, OpensNoLocalFile) {
  for (const char* sql :
       {"SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM read_blob('../etc/passwd')",
        "SELECT * FROM glob('/etc/*')", "SELECT * FROM read_csv('file:///etc/passwd')",
        "SELECT * FROM read_parquet('http://127.0.0.1/x.parquet')",
        "SELECT * FROM read_parquet('https://example.com/x.parquet')",
        "COPY (SELECT 1) TO '/tmp/tidemill-escape.csv'", "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/passwd')", "SELECT * FROM read_csv('/dev/stdin')"}) {
    EXPECT_EQ(refusal(sql), ErrorKind::QueryRefused) << sql;
  }
}

TEST_F(EngineTest, CannotBeUnlocked) {
  for (const char* sql :
       {"SET enable_external_access=true", "SET lock_configuration=false", "INSTALL httpfs",
        "LOAD httpfs", "ATTACH '/tmp/x.db'", "CREATE TABLE t(a INT)", "PRAGMA threads=4",
        "CREATE SECRET (TYPE s3)", "EXPORT DATABASE '/tmp/x'", "SELECT 1; SELECT 2", "CALL x()",
        "SELECT * FROM pragma_user_agent(); SET threads=9", "CHECKPOINT", ""}) {
    EXPECT_EQ(refusal(sql), ErrorKind::QueryRefused) << sql;
  }
}

TEST_F(EngineTest, SaysWhatIsWrongWithBadInput) {
  const auto table = run("SELECT CAST('x' AS INTEGER)");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::QueryRefused);
  EXPECT_EQ(table.error().message, "Could not convert string 'x' to INT32");
}

TEST_F(EngineTest, TellsTheErrorOfAnObject) {
  const auto table = run("SELECT * FROM read_json('s3://lake/missing.json')");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().message, "There is no object s3://lake/missing.json");
}

TEST_F(EngineTest, StopsWhenItIsCancelled) {
  std::thread stopper([this] { cancellation.cancel(); });
  EXPECT_EQ(refusal("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b"),
            ErrorKind::QueryCancelled);
  stopper.join();
}

TEST_F(EngineTest, SaysWhenMemoryIsNotEnough) {
  EXPECT_EQ(refusal("SELECT list(range || 'xxxxxxxxxxxxxxxxxxxxxxxx') FROM range(100000000)"),
            ErrorKind::QueryExhausted);
}

TEST_F(EngineTest, EndsWithTheErrorOfTheSink) {
  Engine::Sink sink;
  sink.columns = [](const std::vector<Column>&) -> Status { return ok(); };
  sink.row = [](const Row&) -> Status { return errors::DiskFull("full"); };
  const auto result = engine->run("SELECT 1", {}, sink);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::DiskFull);
}

TEST(Glob, MatchesWithinAndAcrossSegments) {
  auto opened = Engine::open({.memory_bytes = 64ULL << 20, .threads = 1});
  ASSERT_TRUE(opened);
  MemoryFiles files;
  files.put("s3://b/x/1.csv", "n\n1\n");
  files.put("s3://b/x/y/2.csv", "n\n2\n");
  files.put("s3://b/x/[3].csv", "n\n3\n");
  const auto sum = [&](const std::string& pattern) {
    const auto table =
        (*opened)->run("SELECT sum(n) FROM read_csv('" + pattern + "')", {.files = &files});
    return table ? table->rows[0][0].value_or("") : table.error().message;
  };
  EXPECT_EQ(sum("s3://b/x/*.csv"), "4");
  EXPECT_EQ(sum("s3://b/**/*.csv"), "6");
  EXPECT_EQ(sum("s3://b/x/[0-2].csv"), "1");
  EXPECT_EQ(sum("s3://b/x/[3].csv"), "3");
  EXPECT_EQ(sum("s3://b/x/?.csv"), "1");
}

}  // namespace
}  // namespace tidemill::columnar
