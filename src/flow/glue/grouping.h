// How a crawler makes tables of the objects it found: pure values, no store.
// https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
//
// A folder whose objects and folders below are of one format and alike in schema is one table, as
// high up as that holds, but not above the target; the folders below it are its partitions: k=v
// folders give the key k, others partition_0, partition_1, ... Where a folder's contents are not
// alike, each of its folders is looked at by itself, and each of its objects is a table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/columnar/infer.h"

namespace tidemill::glue {

struct FoundFile {
  std::string key;
  uint64_t size = 0;
  columnar::Inferred inferred;
};

struct Counts {
  uint64_t objects = 0;
  uint64_t bytes = 0;
  uint64_t records = 0;
};

struct FoundPartition {
  std::vector<std::string> values;
  std::string location;  // "s3://bucket/orders/year=2024/"
  std::vector<columnar::HiveColumn> columns;
  Counts counts;
};

struct FoundTable {
  std::string name;      // in lower case, without the crawler's prefix
  std::string location;  // of the folder with a slash at the end, or of the one object
  std::vector<std::string> keys;
  std::vector<FoundPartition> partitions;
  columnar::Inferred form;  // with the columns of all its objects
  Counts counts;
};

struct GroupingOptions {
  int table_level = 0;           // TableLevelConfiguration; 1 is the bucket, 0: not given
  bool combine_schemas = false;  // TableGroupingPolicy CombineCompatibleSchemas
};

// `prefix` is the target within the bucket: empty, or a folder with a slash at its end. Every
// file's key begins with it.
std::vector<FoundTable> group_tables(const std::string& bucket, const std::string& prefix,
                                     std::vector<FoundFile> files, const GroupingOptions& options);

// A name as Glue makes it of a folder's or object's: lower case, anything but letters and digits is
// _.
std::string table_name_of(std::string_view text);

// Exclusion patterns of a target (globs of java.nio), against the key below the target's prefix:
// *, **, ?, [..] and {a,b}.
bool is_excluded(std::string_view key, const std::vector<std::string>& patterns);

}  // namespace tidemill::glue
