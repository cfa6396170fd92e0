#include "storage/columnar/functions.h"

#include <gtest/gtest.h>

namespace tidemill::columnar {
namespace {

class FunctionsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto opened = Engine::open({.memory_bytes = 128ULL << 20, .threads = 1});
    CHECK(opened);
    engine = (*std::move(opened)).release();
  }
  static void TearDownTestSuite() { delete engine; }
  static std::string cell(const std::string& expression) {
    const auto table = engine->run("SELECT " + expression, {});
    if (!table) return table.error().message;
    return table->rows.at(0).at(0).value_or("NULL");
  }
  // The same over a column, so that nothing is folded before the run.
  static std::string column(const std::string& expression, const std::string& values) {
    const auto table =
        engine->run("SELECT " + expression + " FROM (VALUES " + values + ") t(a, b)", {});
    if (!table) return table.error().message;
    std::string out;
    for (const Row& row : table->rows) out += (out.empty() ? "" : "|") + row[0].value_or("NULL");
    return out;
  }
  static inline Engine* engine = nullptr;
};

TEST_F(FunctionsTest, DivisionOfIntegersTruncates) {
  EXPECT_EQ(cell("t_div(7, 2)"), "3");
  EXPECT_EQ(cell("t_div(-7, 2)"), "-3");
  EXPECT_EQ(cell("t_mod(-7, 2)"), "-1");
  EXPECT_EQ(cell("t_div(7::BIGINT, 2::INTEGER)"), "3");
  EXPECT_EQ(cell("t_div(7.0::DOUBLE, 0::DOUBLE)"), "Infinity");
  EXPECT_EQ(cell("t_div(NULL::INTEGER, 0)"), "NULL");
  EXPECT_EQ(column("t_div(a, b)", "(9, 3), (NULL, 1), (8, 3)"), "3|NULL|2");
}

TEST_F(FunctionsTest, DivisionByZeroIsAnError) {
  EXPECT_EQ(cell("t_div(1, 0)"), "DIVISION_BY_ZERO: Division by zero");
  EXPECT_EQ(cell("t_mod(1, 0)"), "DIVISION_BY_ZERO: Division by zero");
  EXPECT_EQ(cell("t_div(1.5::DECIMAL(5,2), 0::DECIMAL(5,2))"),
            "DIVISION_BY_ZERO: Division by zero");
  EXPECT_EQ(cell("t_div((-9223372036854775808)::BIGINT, (-1)::BIGINT)"),
            "NUMERIC_VALUE_OUT_OF_RANGE: integer division overflow: -9223372036854775808 / -1");
}

TEST_F(FunctionsTest, DivisionOfDecimalsRoundsHalfUp) {
  EXPECT_EQ(cell("t_div(1.00::DECIMAL(5,2), 3.0::DECIMAL(5,1))"), "0.33");
  EXPECT_EQ(cell("t_div(2.00::DECIMAL(5,2), 3.0::DECIMAL(5,1))"), "0.67");
  EXPECT_EQ(cell("t_div(-0.05::DECIMAL(5,2), 10::DECIMAL(5,0))"), "-0.01");
  EXPECT_EQ(cell("t_mod(7.50::DECIMAL(5,2), 2::DECIMAL(5,0))"), "1.50");
}

TEST_F(FunctionsTest, SubscriptsBeginAtOneAndMustExist) {
  EXPECT_EQ(cell("t_subscript([10, 20], 2)"), "20");
  EXPECT_EQ(cell("t_subscript([10, 20], 3)"),
            "INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array "
            "length: 3 > 2");
  EXPECT_EQ(cell("t_subscript([10, 20], 0)"),
            "INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1");
  EXPECT_EQ(cell("t_subscript([10], -1)"),
            "INVALID_FUNCTION_ARGUMENT: Array subscript is negative: -1");
  EXPECT_EQ(cell("t_subscript(NULL::INTEGER[], 1)"), "NULL");
  EXPECT_EQ(cell("t_subscript([[1, 2], [3]], 1)"), "[1, 2]");
  EXPECT_EQ(column("t_subscript(a, b)", "([1, 2], 2), (NULL, 1), ([3], 1), ([4], NULL)"),
            "2|NULL|3|NULL");
}

TEST_F(FunctionsTest, SubscriptsOfMapsMustExist) {
  EXPECT_EQ(cell("t_subscript(MAP {'a': 1}, 'a')"), "1");
  EXPECT_EQ(cell("t_subscript(MAP {'a': 1}, 'b')"),
            "INVALID_FUNCTION_ARGUMENT: Key not present in map: b");
  EXPECT_EQ(cell("t_subscript(MAP {1::BIGINT: 'x'}, 1)"), "x");
  EXPECT_EQ(cell("t_subscript(MAP {1.5::DOUBLE: 'x'}, 1.5)"), "x");
  EXPECT_EQ(column("t_element_at(a, b)", "(MAP {'a': 1}, 'a'), (MAP {'b': 2}, 'a'), (NULL, 'a')"),
            "1|NULL|NULL");
}

TEST_F(FunctionsTest, ElementAtIsNullOutsideTheArray) {
  EXPECT_EQ(cell("t_element_at([10, 20], -1)"), "20");
  EXPECT_EQ(cell("t_element_at([10, 20], 3)"), "NULL");
  EXPECT_EQ(cell("t_element_at([10, 20], -3)"), "NULL");
  EXPECT_EQ(cell("t_element_at([]::INTEGER[], 1)"), "NULL");
  EXPECT_EQ(cell("t_element_at(['a'], 1)"), "a");
}

TEST_F(FunctionsTest, TextOfAValueIsAthenas) {
  EXPECT_EQ(cell("t_text(1e7::DOUBLE)"), "1.0E7");
  EXPECT_EQ(cell("t_text([1.5::DOUBLE])"), "[1.5]");
  EXPECT_EQ(cell("t_text(NULL)"), "NULL");
}

TEST_F(FunctionsTest, WholeNumbersFromText) {
  EXPECT_EQ(cell("t_whole('12')"), "12");
  EXPECT_EQ(cell("t_whole('-12')"), "-12");
  EXPECT_EQ(cell("t_whole('1.5')"), "INVALID_CAST_ARGUMENT: Cannot cast '1.5' to BIGINT");
  EXPECT_EQ(cell("t_whole('')"), "INVALID_CAST_ARGUMENT: Cannot cast '' to BIGINT");
}

TEST_F(FunctionsTest, SubstrCountsCharactersFromOne) {
  EXPECT_EQ(cell("t_substr('héllo', 2)"), "éllo");
  EXPECT_EQ(cell("t_substr('héllo', -2)"), "lo");
  EXPECT_EQ(cell("t_substr('héllo', 2, 2)"), "él");
  EXPECT_EQ(cell("t_substr('hello', 0, 3)"), "");
  EXPECT_EQ(cell("t_substr('hello', -9, 3)"), "");
}

TEST_F(FunctionsTest, SplitKeepsTheRestAtItsLimit) {
  EXPECT_EQ(cell("t_split('a,b,c', ',')"), "[a, b, c]");
  EXPECT_EQ(cell("t_split('a,b,c', ',', 2)"), "[a, b,c]");
  EXPECT_EQ(cell("t_split('', ',')"), "[]");
  EXPECT_EQ(cell("t_split_part('a,b', ',', 3)"), "NULL");
  EXPECT_EQ(cell("t_split_part('a,b', ',', 2)"), "b");
  EXPECT_EQ(cell("t_split_part('a', ',', 0)"),
            "INVALID_FUNCTION_ARGUMENT: Index must be greater than zero");
  EXPECT_EQ(column("t_split(a, b)", "('x-y', '-'), (NULL, '-'), ('z', '-')"), "[x, y]|NULL|[z]");
}

}  // namespace
}  // namespace tidemill::columnar
