#include "flow/glue/grouping.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <optional>

#include "storage/columnar/glob.h"
#include "wire/http.h"

namespace tidemill::glue {
namespace {

using columnar::Inferred;

constexpr double kAlike = 0.7;

struct Folder {
  std::string name;
  std::string prefix;  // "orders/year=2024/"
  std::map<std::string, Folder> folders;
  std::vector<const FoundFile*> files;
};

// What a folder is as one table: its form, and how many levels of folders lie above its objects.
struct Layout {
  Inferred form;
  int levels = 0;
  bool ragged = false;  // objects at several depths: no partitions
  Counts counts;
};

bool fits(const Inferred& left, const Inferred& right, double alike) {
  return left.format == right.format && left.gzip == right.gzip && left.csv == right.csv &&
         left.json_path == right.json_path &&
         columnar::similarity(left.columns, right.columns) >= alike;
}

void add(Counts& counts, const Counts& more) {
  counts.objects += more.objects;
  counts.bytes += more.bytes;
  counts.records += more.records;
}

// `whole` with `part` in it; false when they are not alike.
bool unite(std::optional<Layout>& whole, Layout part, double alike) {
  if (!whole) {
    whole = std::move(part);
    return true;
  }
  if (!fits(whole->form, part.form, alike)) return false;
  whole->form.columns = columnar::merge_columns(whole->form.columns, part.form.columns);
  whole->ragged = whole->ragged || part.ragged || whole->levels != part.levels;
  add(whole->counts, part.counts);
  return true;
}

Layout layout_of(const FoundFile& file) {
  return {file.inferred, 0, false, {1, file.size, file.inferred.records}};
}

std::optional<Layout> layout_of_files(const Folder& folder, double alike) {
  std::optional<Layout> whole;
  for (const FoundFile* file : folder.files) {
    if (!unite(whole, layout_of(*file), alike)) return std::nullopt;
  }
  return whole;
}

std::optional<Layout> layout_of(const Folder& folder, double alike) {
  std::optional<Layout> whole;
  if (!folder.files.empty()) {
    whole = layout_of_files(folder, alike);
    if (!whole) return std::nullopt;
    whole->ragged = !folder.folders.empty();
  }
  for (const auto& [name, child] : folder.folders) {
    auto part = layout_of(child, alike);
    if (!part) return std::nullopt;
    part->levels = part->levels + 1;
    if (!unite(whole, *std::move(part), alike)) return std::nullopt;
  }
  return whole;
}

// k of "k=v"; empty when the name is not of that form.
std::string key_of(const std::string& name) {
  const size_t equals = name.find('=');
  return equals == std::string::npos ? "" : table_name_of(name.substr(0, equals));
}
std::string value_of(const std::string& name, bool keyed) {
  return percent_decode(keyed ? name.substr(name.find('=') + 1) : name);
}

class TableMaker {
 public:
  TableMaker(const std::string& bucket, const GroupingOptions& options)
      : bucket_(bucket), options_(options), alike_(options.combine_schemas ? 0 : kAlike) {}

  void make(const Folder& folder, int level, std::vector<FoundTable>& out) const {
    if (options_.table_level > level) {
      for (const auto& [name, child] : folder.folders) make(child, level + 1, out);
      return make_files(folder, out);
    }
    // At the level that was asked for, schemas are combined as far as they can be.
    const double alike = options_.table_level == level ? 0 : alike_;
    if (auto layout = layout_of(folder, alike)) {
      out.push_back(table_of(folder, *std::move(layout), alike));
      return;
    }
    for (const auto& [name, child] : folder.folders) make(child, level + 1, out);
    make_files(folder, out);
  }

 private:
  std::string location_of(const std::string& key) const { return "s3://" + bucket_ + "/" + key; }

  void make_files(const Folder& folder, std::vector<FoundTable>& out) const {
    auto layout = folder.folders.empty() ? layout_of_files(folder, alike_) : std::nullopt;
    if (layout) {
      out.push_back(table_of(folder, *std::move(layout), alike_));
      return;
    }
    for (const FoundFile* file : folder.files) {
      FoundTable table;
      const size_t slash = file->key.rfind('/');
      table.name = table_name_of(file->key.substr(slash == std::string::npos ? 0 : slash + 1));
      table.location = location_of(file->key);
      Layout one = layout_of(*file);
      table.form = std::move(one.form);
      table.counts = one.counts;
      out.push_back(std::move(table));
    }
  }

  FoundTable table_of(const Folder& folder, Layout layout, double alike) const {
    FoundTable table;
    table.name = table_name_of(folder.name.empty() ? bucket_ : folder.name);
    table.location = location_of(folder.prefix);
    table.form = std::move(layout.form);
    table.counts = layout.counts;
    if (layout.ragged || layout.levels == 0) return table;
    for (int level = 0; level < layout.levels; ++level) {
      table.keys.push_back(common_key(folder, level, level));
    }
    FoundPartition partition;
    add_partitions(folder, table, partition, alike);
    return table;
  }

  // The key that all folders `depth` levels below share, or partition_<level>.
  static std::string common_key(const Folder& folder, int depth, int level) {
    std::optional<std::string> key;
    if (!shares_key(folder, depth, key) || key->empty()) {
      return "partition_" + std::to_string(level);
    }
    return *key;
  }
  static bool shares_key(const Folder& folder, int depth, std::optional<std::string>& key) {
    for (const auto& [name, child] : folder.folders) {
      if (depth > 0) {
        if (!shares_key(child, depth - 1, key)) return false;
      } else if (!key) {
        key = key_of(name);
      } else if (*key != key_of(name)) {
        return false;
      }
    }
    return true;
  }

  void add_partitions(const Folder& folder, FoundTable& table, FoundPartition& above,
                      double alike) const {
    if (folder.folders.empty()) {
      auto layout = layout_of_files(folder, alike);
      FoundPartition partition = above;
      partition.location = location_of(folder.prefix);
      partition.columns = std::move(layout->form.columns);
      partition.counts = layout->counts;
      table.partitions.push_back(std::move(partition));
      return;
    }
    const bool keyed = !table.keys[above.values.size()].starts_with("partition_");
    for (const auto& [name, child] : folder.folders) {
      above.values.push_back(value_of(name, keyed));
      add_partitions(child, table, above, alike);
      above.values.pop_back();
    }
  }

  const std::string& bucket_;
  const GroupingOptions& options_;
  double alike_;
};

void place(Folder& root, const FoundFile& file) {
  Folder* at = &root;
  size_t start = root.prefix.size();
  for (size_t slash; (slash = file.key.find('/', start)) != std::string::npos; start = slash + 1) {
    const std::string name = file.key.substr(start, slash - start);
    Folder& child = at->folders[name];
    child.name = name;
    child.prefix = file.key.substr(0, slash + 1);
    at = &child;
  }
  at->files.push_back(&file);
}

std::string last_segment(std::string_view prefix) {
  if (prefix.ends_with('/')) prefix.remove_suffix(1);
  const size_t slash = prefix.rfind('/');
  return std::string(slash == std::string_view::npos ? prefix : prefix.substr(slash + 1));
}

// One glob without braces, or the first group of braces taken apart.
bool glob_fits(std::string_view pattern, std::string_view text) {
  const size_t open = pattern.find('{');
  const size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
  if (close != std::string_view::npos) {
    std::string_view choices = pattern.substr(open + 1, close - open - 1);
    while (true) {
      const size_t comma = choices.find(',');
      std::string one(pattern.substr(0, open));
      one += choices.substr(0, comma);
      one += pattern.substr(close + 1);
      if (glob_fits(one, text)) return true;
      if (comma == std::string_view::npos) return false;
      choices.remove_prefix(comma + 1);
    }
  }
  return columnar::glob_matches(pattern, text);
}

}  // namespace

std::vector<FoundTable> group_tables(const std::string& bucket, const std::string& prefix,
                                     std::vector<FoundFile> files, const GroupingOptions& options) {
  Folder root;
  root.prefix = prefix;
  root.name = last_segment(prefix);
  for (const FoundFile& file : files) place(root, file);
  std::vector<FoundTable> tables;
  if (files.empty()) return tables;
  const auto depth = static_cast<int>(std::count(prefix.begin(), prefix.end(), '/'));
  TableMaker(bucket, options).make(root, 1 + depth, tables);
  return tables;
}

std::string table_name_of(std::string_view text) {
  std::string name;
  for (const unsigned char c : text) {
    name += std::isalnum(c) || c >= 0x80 ? static_cast<char>(std::tolower(c)) : '_';
  }
  return name.substr(0, 255);
}

bool is_excluded(std::string_view key, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [key](const std::string& pattern) { return glob_fits(pattern, key); });
}

}  // namespace tidemill::glue
