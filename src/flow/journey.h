// The journey of a record, hop by hop, as the pipeline's services carry it. The console and
// `tidemill status` print the hops in this order; tests/journey has a test of each number.
#pragma once

#include <array>
#include <string_view>

namespace tidemill::flow {

struct Hop {
  int number;
  std::string_view name;    // of its test in tests/journey
  std::string_view folder;  // where it lives below src/
  std::string_view reads;
  std::string_view commits;  // in one atomic batch
};

inline constexpr std::array<Hop, 8> kJourney = {{
    {1, "put_item_and_stream_record", "services/dynamodb", "the request", "item + stream record"},
    {2, "pipe", "flow/pipes", "stream records from the position", "target records + position"},
    {3, "stream_shard", "services/kinesis", "put requests and pipe output", "shard records"},
    {4, "delivery_batch", "flow/firehose", "shard records from the position", "nothing yet"},
    {5, "transform", "flow/firehose", "a batch", "nothing yet"},
    {6, "parquet_object", "flow/firehose", "transformed records", "objects + position"},
    {7, "catalog", "flow/glue", "objects under a prefix", "tables + partitions"},
    {8, "sql", "flow/athena", "catalog + objects", "result object + execution state"},
}};

}  // namespace tidemill::flow
