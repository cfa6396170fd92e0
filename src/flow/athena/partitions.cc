#include "flow/athena/partitions.h"

#include <algorithm>
#include <charconv>

#include "flow/athena/projection.h"

namespace tidemill::flow::athena {

namespace {

std::optional<double> number(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || parsed != end) return std::nullopt;
  return value;
}

// Negative, zero, positive; nullopt when they cannot be compared, so nothing is ruled out.
std::optional<int> compared(const std::string& type, const std::string& a, const std::string& b) {
  if (type == "string" || type.starts_with("varchar") || type == "date") {
    return a.compare(b);
  }
  const auto left = number(a);
  const auto right = number(b);
  if (!left || !right) return std::nullopt;
  return *left < *right ? -1 : *left > *right ? 1 : 0;
}

bool passes(const athena_sql::Scan& scan, const std::string& column, const std::string& hive_type,
            const std::string& value) {
  return std::all_of(scan.filters.begin(), scan.filters.end(),
                     [&](const athena_sql::PartitionFilter& filter) {
                       return filter.column != column || may_match(filter, hive_type, value);
                     });
}

bool is_projected(const athena_sql::Scan& scan) {
  const auto found = scan.table.parameters.find("projection.enabled");
  return found != scan.table.parameters.end() && athena_sql::lower_case(found->second) == "true";
}

std::string projected_location(const athena_sql::CatalogTable& table,
                               const std::vector<std::string>& values) {
  const auto found = table.parameters.find("storage.location.template");
  std::string out = found == table.parameters.end() ? table.location : found->second;
  if (out.empty() || out.back() != '/') out += '/';
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string& name = table.partition_columns[i].name;
    if (found == table.parameters.end()) {
      out += name + "=" + values[i] + "/";
      continue;
    }
    const std::string mark = "${" + name + "}";
    for (size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) {
      out.replace(at, mark.size(), values[i]);
      at += values[i].size();
    }
  }
  return out;
}

Result<std::vector<TablePartition>> projected(const athena_sql::Scan& scan, Timestamp now) {
  std::vector<TablePartition> out(1);
  for (const athena_sql::CatalogColumn& column : scan.table.partition_columns) {
    Result<std::vector<std::string>> values = projected_values(scan, column.name, now);
    if (!values) return std::move(values).error();
    std::vector<TablePartition> next;
    for (const std::string& value : *values) {
      if (!passes(scan, column.name, column.hive_type, value)) continue;
      for (const TablePartition& partition : out) {
        if (next.size() >= kProjectedPartitionsMax) {
          return errors::InvalidRequestException("GENERIC_USER_ERROR: The query needs more than " +
                                                 std::to_string(kProjectedPartitionsMax) +
                                                 " projected partitions");
        }
        next.push_back(partition);
        next.back().values.push_back(value);
      }
    }
    out = std::move(next);
  }
  for (TablePartition& partition : out) {
    partition.location = projected_location(scan.table, partition.values);
  }
  return out;
}

}  // namespace

bool may_match(const athena_sql::PartitionFilter& filter, const std::string& hive_type,
               const std::string& value) {
  const std::string& operation = filter.operation;
  if (operation == "IN") {
    return std::any_of(filter.values.begin(), filter.values.end(), [&](const std::string& one) {
      return compared(hive_type, value, one).value_or(0) == 0;
    });
  }
  const std::optional<int> order = compared(hive_type, value, filter.values[0]);
  if (!order) return true;
  if (operation == "=") return *order == 0;
  if (operation == "<>") return *order != 0;
  if (operation == "<") return *order < 0;
  if (operation == "<=") return *order <= 0;
  if (operation == ">") return *order > 0;
  return *order >= 0;
}

Result<std::vector<TablePartition>> needed_partitions(const kv::View& view, const Scope& scope,
                                                      const athena_sql::Scan& scan, Timestamp now) {
  const auto& columns = scan.table.partition_columns;
  if (columns.empty()) return std::vector<TablePartition>{{{}, scan.table.location}};
  if (is_projected(scan)) return projected(scan, now);
  std::vector<TablePartition> out;
  glue::visit_partitions(view, scope, scan.table.database, scan.table.name, "",
                         [&](std::string_view, const glue::Partition& partition) {
                           if (!partition.Values || partition.Values->size() != columns.size())
                             return true;
                           for (size_t i = 0; i < columns.size(); ++i) {
                             const std::string& value = (*partition.Values)[i];
                             if (!passes(scan, columns[i].name, columns[i].hive_type, value))
                               return true;
                           }
                           TablePartition& one = out.emplace_back();
                           one.values = *partition.Values;
                           if (partition.StorageDescriptor) {
                             one.location = partition.StorageDescriptor->Location.value_or("");
                           }
                           return true;
                         });
  return out;
}

}  // namespace tidemill::flow::athena
