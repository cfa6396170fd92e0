#include "flow/athena/scan_text.h"

#include <algorithm>

#include "wire/json.h"

namespace tidemill::flow::athena {

namespace {

using athena_sql::CatalogColumn;
using athena_sql::quote_identifier;
using athena_sql::quote_text;
using athena_sql::Type;

constexpr uint64_t kSampleBytes = 64ULL << 10;

struct ScanFile {
  std::string uri;
  const TablePartition* partition;
};

std::string property(const std::map<std::string, std::string>& properties, const std::string& name,
                     const std::string& otherwise) {
  const auto found = properties.find(name);
  return found == properties.end() ? otherwise : found->second;
}

Type type_of(const CatalogColumn& column) {
  return athena_sql::parse_hive_type(column.hive_type).value_or(athena_sql::varchar());
}

std::string uri_list(const std::vector<ScanFile>& files) {
  std::string out = "[";
  for (const ScanFile& file : files) out += (out.size() > 1 ? ", " : "") + quote_text(file.uri);
  return out + "]";
}

// The data columns that the query reads; one at least, so that rows can be counted.
std::vector<CatalogColumn> read_columns(const athena_sql::Scan& scan) {
  std::vector<CatalogColumn> out;
  for (const CatalogColumn& column : scan.table.columns) {
    if (scan.columns.count(column.name)) out.push_back(column);
  }
  return out;
}

std::string parquet_text(const std::vector<CatalogColumn>& columns,
                         const std::vector<ScanFile>& files) {
  std::string nothing;
  for (const CatalogColumn& column : columns) {
    nothing += "CAST(NULL AS " + engine_name(type_of(column)) + ") AS " +
               quote_identifier(column.name) + ", ";
  }
  nothing += "CAST(NULL AS VARCHAR) AS filename";
  std::string out;
  for (const CatalogColumn& column : columns) {
    const std::string name = quote_identifier(column.name);
    out += "CAST(" + name + " AS " + engine_name(type_of(column)) + ") AS " + name + ", ";
  }
  return "SELECT " + out + "filename FROM (SELECT " + nothing +
         " WHERE FALSE UNION ALL BY NAME SELECT * FROM read_parquet(" + uri_list(files) +
         ", union_by_name=true, filename=true, hive_partitioning=false))";
}

// The spelling of each key in the first lines of a file, by its lower-case form: the SerDes fold
// case, DuckDB does not.
std::map<std::string, std::string> key_spellings(LakeFiles& files, const std::string& uri) {
  std::map<std::string, std::string> out;
  auto reader = files.open(uri);
  if (!reader || uri.ends_with(".gz")) return out;
  std::string bytes(std::min<uint64_t>((*reader)->stat().size, kSampleBytes), '\0');
  auto read = (*reader)->read(0, bytes.data(), bytes.size());
  if (!read) return out;
  bytes.resize(*read);
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const auto record = parse_json(std::string_view(bytes).substr(begin, end - begin));
    if (record && record->is_object()) {
      for (const auto& [key, value] : record->as_object()) {
        out.emplace(athena_sql::lower_case(key), key);
      }
    }
    begin = end + 1;
  }
  return out;
}

std::string json_text(LakeFiles& lake, const athena_sql::CatalogTable& table,
                      const std::vector<CatalogColumn>& columns,
                      const std::vector<ScanFile>& files) {
  const std::map<std::string, std::string> spellings = key_spellings(lake, files[0].uri);
  const bool lenient = athena_sql::lower_case(
                           property(table.serde_parameters, "ignore.malformed.json", "")) == "true";
  std::string types;
  std::string out;
  for (const CatalogColumn& column : columns) {
    std::string key = property(table.serde_parameters, "mapping." + column.name, "");
    if (key.empty()) {
      const auto found = spellings.find(column.name);
      key = found == spellings.end() ? column.name : found->second;
    }
    types += (types.empty() ? "" : ", ") + quote_text(key) + ": " +
             quote_text(engine_name(type_of(column)));
    out += quote_identifier(key) + " AS " + quote_identifier(column.name) + ", ";
  }
  if (types.empty()) types = "'no column': 'VARCHAR'";
  return "SELECT " + out + "filename FROM read_json(" + uri_list(files) +
         ", format='newline_delimited', columns={" + types + "}, filename=true, " +
         "hive_partitioning=false, maximum_object_size=33554432" +
         (lenient ? ", ignore_errors=true)" : ")");
}

std::string one_character(const std::string& text, const std::string& otherwise) {
  if (text.empty()) return otherwise;
  if (text == "\\t") return "\t";
  if (text[0] == '\\' && text.size() > 1 &&
      text.find_first_not_of("01234567", 1) == std::string::npos) {
    return std::string(1, static_cast<char>(std::stoi(text.substr(1), nullptr, 8)));
  }
  return text;
}

std::string csv_text(const athena_sql::CatalogTable& table,
                     const std::vector<CatalogColumn>& columns, bool open_csv,
                     const std::vector<ScanFile>& files) {
  const auto& serde = table.serde_parameters;
  const std::string delimiter =
      open_csv ? one_character(property(serde, "separatorChar", ""), ",")
               : one_character(
                     property(serde, "field.delim", property(serde, "serialization.format", "")),
                     "\x01");
  const std::string quote = open_csv ? one_character(property(serde, "quoteChar", ""), "\"") : "";
  std::string escape = open_csv ? "" : one_character(property(serde, "escape.delim", ""), "");
  if (open_csv) escape = quote;
  const std::string null = property(serde, "serialization.null.format", open_csv ? "" : "\\N");
  std::string types;
  for (const CatalogColumn& column : table.columns) {
    types += (types.empty() ? "" : ", ") + quote_text(column.name) + ": 'VARCHAR'";
  }
  std::string out;
  for (const CatalogColumn& column : columns) {
    const std::string name = quote_identifier(column.name);
    const Type type = type_of(column);
    out += type.is_text() ? name : "TRY_CAST(" + name + " AS " + engine_name(type) + ") AS " + name;
    out += ", ";
  }
  return "SELECT " + out + "filename FROM read_csv(" + uri_list(files) + ", auto_detect=false, " +
         "columns={" + types + "}, header=false, delim=" + quote_text(delimiter) +
         ", quote=" + quote_text(quote) + ", escape=" + quote_text(escape) +
         (open_csv ? "" : ", nullstr=" + quote_text(null)) +
         ", skip=" + property(table.parameters, "skip.header.line.count", "0") +
         ", null_padding=true, strict_mode=false, filename=true, hive_partitioning=false)";
}

bool is_nested_csv(const std::vector<CatalogColumn>& columns) {
  return std::any_of(columns.begin(), columns.end(), [](const CatalogColumn& column) {
    return !type_of(column).arguments.empty();
  });
}

std::string partition_value(const CatalogColumn& column, const std::string& value) {
  const Type type = type_of(column);
  const bool null = value == "__HIVE_DEFAULT_PARTITION__";
  return "CAST(" + (null ? "NULL" : quote_text(value)) + " AS " + engine_name(type) + ")";
}

// No object at all: the types are still needed.
std::string empty_text(const athena_sql::Scan& scan) {
  std::string out;
  const auto add = [&](const std::string& name, const Type& type) {
    out += (out.empty() ? "" : ", ") + ("CAST(NULL AS " + engine_name(type) + ") AS ") +
           quote_identifier(name);
  };
  for (const auto* columns : {&scan.table.columns, &scan.table.partition_columns}) {
    for (const CatalogColumn& column : *columns) {
      if (scan.columns.count(column.name)) add(column.name, type_of(column));
    }
  }
  if (scan.columns.count("$path")) add("$path", athena_sql::varchar());
  if (out.empty()) out = "NULL";
  return "SELECT " + out + " WHERE FALSE";
}

// Puts the partition columns beside the rows: constants when there is one partition, otherwise by
// the name of the file.
std::string with_partitions(const athena_sql::Scan& scan, const std::string& rows,
                            const std::vector<CatalogColumn>& columns,
                            const std::vector<ScanFile>& files) {
  std::string list;
  const auto add = [&list](const std::string& text) { list += (list.empty() ? "" : ", ") + text; };
  for (const CatalogColumn& column : columns) add("f." + quote_identifier(column.name));
  if (scan.columns.count("$path")) add("f.filename AS \"$path\"");
  std::vector<size_t> wanted;
  for (size_t i = 0; i < scan.table.partition_columns.size(); ++i) {
    if (scan.columns.count(scan.table.partition_columns[i].name)) wanted.push_back(i);
  }
  const bool one = std::all_of(files.begin(), files.end(), [&](const ScanFile& file) {
    return file.partition == files[0].partition;
  });
  for (const size_t i : wanted) {
    const CatalogColumn& column = scan.table.partition_columns[i];
    add(one ? partition_value(column, files[0].partition->values[i]) + " AS " +
                  quote_identifier(column.name)
            : "p." + quote_identifier(column.name));
  }
  if (list.empty()) list = "1";
  std::string out = "SELECT " + list + " FROM (" + rows + ") AS f";
  if (one || wanted.empty()) return out;
  std::string names = "filename";
  for (const size_t i : wanted)
    names += ", " + quote_identifier(scan.table.partition_columns[i].name);
  std::string map;
  for (const ScanFile& file : files) {
    map += (map.empty() ? "(" : ", (") + quote_text(file.uri);
    for (const size_t i : wanted) {
      map += ", " + partition_value(scan.table.partition_columns[i], file.partition->values[i]);
    }
    map += ")";
  }
  return out + " JOIN (VALUES " + map + ") AS p(" + names + ") ON f.filename = p.filename";
}

}  // namespace

Result<TableFormat> format_of(const athena_sql::CatalogTable& table) {
  const std::string serde = athena_sql::lower_case(table.serde);
  const std::string input = athena_sql::lower_case(table.input_format);
  if (serde.find("parquet") != std::string::npos || input.find("parquet") != std::string::npos) {
    return TableFormat::kParquet;
  }
  if (serde.find("json") != std::string::npos) return TableFormat::kJson;
  if (serde.find("opencsv") != std::string::npos) return TableFormat::kOpenCsv;
  if (serde.find("lazysimple") != std::string::npos || serde.empty()) {
    return TableFormat::kDelimited;
  }
  return errors::InvalidRequestException("NOT_SUPPORTED: The SerDe " + table.serde + " of table " +
                                         table.database + "." + table.name + " is not supported");
}

Result<std::string> scan_text(LakeFiles& files, const Scope& scope, const athena_sql::Scan& scan,
                              Timestamp now) {
  Result<TableFormat> format = format_of(scan.table);
  if (!format) return std::move(format).error();
  auto partitions = needed_partitions(files.view(), scope, scan, now);
  if (!partitions) return std::move(partitions).error();
  std::vector<ScanFile> list;
  for (const TablePartition& partition : *partitions) {
    for (const columnar::ObjectStat& stat : files.table_files(partition.location)) {
      list.push_back({stat.uri, &partition});
    }
  }
  if (list.empty()) return empty_text(scan);
  const std::vector<CatalogColumn> columns = read_columns(scan);
  const bool csv = *format == TableFormat::kDelimited || *format == TableFormat::kOpenCsv;
  if (csv && is_nested_csv(columns)) {
    return errors::InvalidRequestException(
        "NOT_SUPPORTED: Arrays, maps and structs in delimited text are not supported (table " +
        scan.table.database + "." + scan.table.name + ")");
  }
  const std::string rows =
      *format == TableFormat::kParquet ? parquet_text(columns, list)
      : *format == TableFormat::kJson
          ? json_text(files, scan.table, columns, list)
          : csv_text(scan.table, columns, *format == TableFormat::kOpenCsv, list);
  return with_partitions(scan, rows, columns, list);
}

}  // namespace tidemill::flow::athena
