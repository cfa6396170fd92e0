#include "app/cli/items_file.h"

#include <gtest/gtest.h>

#include "wire/json.h"

namespace tidemill::cli {
namespace {

const KeyTypes kKeys = {{"order_id", "S"}};

TEST(ItemsOfCsv, KnowsNumbersTextsAndJson) {
  const auto items = items_of_csv(
      "order_id,amount,zip,lines,note\r\n17,2.50,007,\"[{\"\"sku\"\":\"\"a\"\"}]\",\n", kKeys);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ(to_json(items->front()),
            R"({"order_id":{"S":"17"},"amount":{"N":"2.50"},"zip":{"S":"007"},)"
            R"("lines":{"L":[{"M":{"sku":{"S":"a"}}}]}})");
}

TEST(ItemsOfCsv, KeepsLineEndsInQuotes) {
  const auto items = items_of_csv("order_id,note\na,\"two\nlines, one cell\"\nb,x\n", kKeys);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 2u);
  EXPECT_EQ(items->front().find("note")->text("S"), "two\nlines, one cell");
}

TEST(ItemsOfCsv, NamesTheLineThatIsWrong) {
  EXPECT_EQ(items_of_csv("order_id,a\nx,1\ny\n", kKeys).error().message,
            "line 3: 1 cells under a head of 2");
  EXPECT_EQ(items_of_csv("order_id,a\n,1\n", kKeys).error().message,
            "line 2: the key order_id is missing");
  EXPECT_EQ(items_of_csv("order_id,a\n\"x,1\n", kKeys).error().message,
            "line 2: a quote is not closed");
}

TEST(ItemsOfJsonLines, GivesKeysTheirType) {
  const auto items = items_of_json_lines("{\"order_id\": 5, \"paid\": true}\n\n", kKeys);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ(to_json(items->front()), R"({"order_id":{"S":"5"},"paid":{"BOOL":true}})");
}

TEST(ItemsOfJsonLines, NamesTheLineThatIsWrong) {
  const auto items = items_of_json_lines("{\"order_id\":\"a\"}\n[1]\n", kKeys);
  ASSERT_FALSE(items);
  EXPECT_EQ(items.error().message, "line 2: it is not a JSON object");
  EXPECT_FALSE(items_of_json_lines("{\"order_id\":", kKeys));
}

}  // namespace
}  // namespace tidemill::cli
