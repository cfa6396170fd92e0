// SQL of Trino and what it answers, run on the engine itself.
#include <gtest/gtest.h>

#include "flow/athena_sql/memory_catalog.h"
#include "flow/athena_sql/statement.h"
#include "flow/athena_sql/translation.h"
#include "storage/columnar/engine.h"

namespace tidemill::athena_sql {
namespace {

struct Case {
  const char* sql;
  const char* answer;  // rows by ";", fields by "|"; or the error
};

class Answers : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    columnar::Options options;
    options.threads = 1;
    auto opened = columnar::Engine::open(options);
    ASSERT_TRUE(opened);
    engine = std::move(*opened).release();
  }
  static void TearDownTestSuite() {
    delete engine;
    engine = nullptr;
  }

  static std::string answer(const std::string& sql) {
    auto statement = parse_statement(sql);
    if (!statement) return statement.error().message;
    const MemoryCatalog catalog;
    Session session;
    session.now_milliseconds = 1700000000000;
    auto translated = translate(*statement->query, catalog, session, {});
    if (!translated) return translated.error().message;
    const std::vector<std::string> scans(translated->scans.size(), kOrdersRows);
    auto table = engine->run(fill_scans(translated->sql, scans), {});
    if (!table) return table.error().message + " in " + translated->sql;
    std::string out;
    for (const columnar::Row& row : table->rows) {
      if (!out.empty()) out += ";";
      for (size_t i = 0; i < row.size(); ++i) out += (i ? "|" : "") + row[i].value_or("NULL");
    }
    return out;
  }

  static void check(std::initializer_list<Case> cases) {
    for (const Case& one : cases) EXPECT_EQ(answer(one.sql), one.answer) << one.sql;
  }

  static columnar::Engine* engine;
};
columnar::Engine* Answers::engine = nullptr;

TEST_F(Answers, ArithmeticHasTrinosTypes) {
  check({{"SELECT 7/2, -7/2, 7 % 3", "3|-3|1"},
         {"SELECT 1.5*2, 1.0/3", "3.0|0.3"},
         {"SELECT 1e0/0", "Infinity"},
         {"SELECT avg(amount), sum(amount) FROM orders", "1.88|3.75"}});
}

TEST_F(Answers, SelectsGroupsAndSorts) {
  check(
      {{"SELECT id, amount*2 AS x FROM orders WHERE day='d2' AND id > 1 ORDER BY x DESC",
        "2|4.50;3|NULL"},
       {"SELECT customer, count(*) n, sum(amount) s, avg(price) FROM orders GROUP BY 1 ORDER BY n "
        "DESC, customer",
        "ann|2|1.50|4.75;bob|1|2.25|NULL"},
       {"SELECT customer c FROM totals WHERE total > 5", "ann"}});
}

TEST_F(Answers, UnnestsAndJoins) {
  check({{"SELECT o.id, l.sku, l.qty FROM orders o CROSS JOIN UNNEST(o.lines) AS l(sku, qty)",
          "1|a|1;1|b|2"},
         {"SELECT x FROM UNNEST(ARRAY[3,1,2]) AS t(x) ORDER BY x", "1;2;3"},
         {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM t WHERE n < 5) SELECT sum(n) "
          "FROM t",
          "15"}});
}

TEST_F(Answers, LambdasWalkArraysAndMaps) {
  check(
      {{"SELECT transform(ARRAY[1,2,3], x -> x * 2), filter(ARRAY[1,2,3], x -> x > 1)",
        "[2, 4, 6]|[2, 3]"},
       {"SELECT reduce(ARRAY[1,2,3], 0, (s, x) -> s + x, s -> s)", "6"},
       {"SELECT any_match(ARRAY[1,2], x -> x > 1), zip_with(ARRAY[1,2], ARRAY[3,4], (a,b) -> a+b)",
        "true|[4, 6]"},
       {"SELECT map_filter(MAP(ARRAY['a','b'],ARRAY[1,2]), (k,v) -> v > 1)", "{b=2}"}});
}

TEST_F(Answers, TimesKeepTrinosForms) {
  check({{"SELECT date_trunc('month', ts), day_of_week(ts) FROM orders WHERE id = 1",
          "2024-01-01 00:00:00.000|2"},
         {"SELECT date '2024-01-31' + interval '1' month, date_add('month', 1, date '2024-01-31')",
          "2024-02-29|2024-02-29"},
         {"SELECT date_format(ts, '%Y-%m-%d %H:%i') FROM orders WHERE id = 1", "2024-01-02 03:04"},
         {"SELECT date_diff('day', date '2024-01-01', date '2024-03-01')", "60"},
         {"SELECT date_parse('2024-01-02', '%Y-%m-%d')", "2024-01-02 00:00:00.000"},
         {"SELECT current_timestamp AT TIME ZONE 'America/New_York'",
          "2023-11-14 17:13:20.000 America/New_York"},
         {"SELECT from_iso8601_timestamp('2024-01-02T03:04:05Z')", "2024-01-02 03:04:05.000 UTC"}});
}

TEST_F(Answers, TextAndJson) {
  check({{"SELECT lower('ABC') || 'x', substr('hello', 2, 3), regexp_replace('aXbX', 'X', '-')",
          "abcx|ell|a-b-"},
         {"SELECT regexp_extract('a12', '(\\d+)', 1), regexp_extract('a', 'b')", "12|NULL"},
         {"SELECT json_extract_scalar('{\"a\":{\"b\":\"x\"}}', '$.a.b')", "x"},
         {"SELECT json_extract_scalar('no', '$.a')", "NULL"}});
}

TEST_F(Answers, CastsAreTrinos) {
  check({{"SELECT CAST('12' AS integer), TRY_CAST('x' AS integer), CAST(2.5e0 AS integer)",
          "12|NULL|3"},
         {"SELECT CAST(1e10 AS varchar), CAST(DATE '2024-01-01' AS varchar)", "1.0E10|2024-01-01"},
         {"SELECT CAST(ROW(1,'a') AS ROW(x bigint, y varchar)).y", "a"}});
}

TEST_F(Answers, AggregatesCount) {
  check({{"SELECT count(DISTINCT customer), count_if(id>1), max_by(customer, id) FROM orders",
          "2|2|ann"},
         {"SELECT approx_percentile(price, 0.5), sum(price) FILTER (WHERE id > 1) FROM orders",
          "4.75|7.0"},
         {"SELECT greatest(1, NULL), coalesce(NULL, 2), try(1/0), typeof(1.50)",
          "NULL|2|NULL|decimal(3,2)"}});
}

TEST_F(Answers, RefusalsSayWhere) {
  check(
      {{"SELECT foo(1)", "FUNCTION_NOT_FOUND: line 1:8: Function 'foo' not registered"},
       {"SELECT x FROM orders", "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved"},
       {"SELECT * FROM nope",
        "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.default.nope' does not exist"},
       {"SELECT 'a' = 1", "TYPE_MISMATCH: line 1:12: Cannot apply operator: varchar(1) = integer"},
       {"SELECT customer, id FROM orders GROUP BY customer",
        "EXPRESSION_NOT_AGGREGATE: line 1:18: 'id' must be an aggregate expression or appear in "
        "GROUP BY clause"}});
}

TEST(Parser, NamesWhatItDidNotExpect) {
  const auto statement = parse_statement("SELECT 1 FROM");
  ASSERT_FALSE(statement);
  EXPECT_EQ(
      statement.error().message,
      "SYNTAX_ERROR: line 1:14: mismatched input '<EOF>'. Expecting: '(', 'LATERAL', 'TABLE', "
      "'UNNEST', <identifier>");
}

TEST(Parser, SurvivesDeepAndLongInput) {
  EXPECT_FALSE(parse_statement("SELECT " + std::string(100000, '(')));
  std::string chain = "SELECT 1";
  for (int i = 0; i < 50000; ++i) chain += "+1";
  EXPECT_FALSE(parse_statement(chain));
  EXPECT_FALSE(parse_statement(std::string(kStatementBytesMax + 1, ' ')));
  EXPECT_FALSE(parse_statement(std::string("SELECT '\0", 9)));
}

TEST(Parser, ReadsHiveTables) {
  const auto statement = parse_statement(
      "CREATE EXTERNAL TABLE IF NOT EXISTS `db`.`t` (a int COMMENT 'x', b "
      "array<struct<c:string,d:decimal(10,2)>>) PARTITIONED BY (`day` string) ROW FORMAT SERDE "
      "'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('k'='v') LOCATION 's3://b/p/' "
      "TBLPROPERTIES (\"q\"=\"r\");");
  ASSERT_TRUE(statement) << statement.error().message;
  EXPECT_EQ(statement->kind, StatementKind::kCreateTable);
  ASSERT_EQ(statement->columns.size(), 2u);
  EXPECT_EQ(statement->columns[1].hive_type, "array<struct<c:string,d:decimal(10,2)>>");
  EXPECT_EQ(statement->location, "s3://b/p/");
  EXPECT_EQ(statement->partition_columns[0].name, "day");
}

TEST(Scans, KnowTheirColumnsAndPartitions) {
  auto statement = parse_statement("SELECT price FROM orders WHERE day BETWEEN 'a' AND 'b'");
  ASSERT_TRUE(statement);
  const MemoryCatalog catalog;
  const auto translated = translate(*statement->query, catalog, {}, {});
  ASSERT_TRUE(translated);
  ASSERT_EQ(translated->scans.size(), 1u);
  EXPECT_EQ(translated->scans[0].columns, (std::set<std::string>{"day", "price"}));
  ASSERT_EQ(translated->scans[0].filters.size(), 2u);
  EXPECT_EQ(translated->scans[0].filters[0].operation, ">=");
  EXPECT_EQ(translated->scans[0].filters[0].values[0], "a");
}

}  // namespace
}  // namespace tidemill::athena_sql
