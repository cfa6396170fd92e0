#include "flow/glue/survey.h"

#include <algorithm>

#include "services/s3/query_files.h"
#include "wire/json.h"

namespace tidemill::glue {
namespace {

struct Target {
  std::string bucket;
  std::string prefix;  // empty, or with a slash at its end
  std::string object;  // the key, when the target may be one object
  std::vector<std::string> exclusions;
  size_t sample_per_folder = 0;  // 0: every object
};

Target make_target(const S3Target& from) {
  std::string path = from.Path.value_or("");
  if (path.find("://") == std::string::npos) path = "s3://" + path;
  Target target;
  if (const auto name = s3::parse_uri(path)) {
    target.bucket = name->bucket;
    target.prefix = name->key;
  }
  if (!target.prefix.empty() && !target.prefix.ends_with('/')) {
    target.object = target.prefix;
    target.prefix += '/';
  }
  target.exclusions = from.Exclusions.value_or(std::vector<std::string>());
  target.sample_per_folder = static_cast<size_t>(std::max(0, from.SampleSize.value_or(0)));
  return target;
}

// Hadoop does not read these, so Glue does not either.
bool is_hidden(std::string_view key) {
  const size_t slash = key.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
  return name.empty() || name.starts_with('_') || name.starts_with('.');
}

bool is_wanted(const Target& target, const s3::ObjectEntry& entry) {
  return entry.size > 0 && !is_hidden(entry.key) &&
         !is_excluded(std::string_view(entry.key).substr(target.prefix.size()), target.exclusions);
}

std::vector<s3::ObjectEntry> list(const Target& target, const kv::View& view) {
  std::vector<s3::ObjectEntry> found;
  std::string after;
  std::string folder;
  size_t in_folder = 0;
  while (true) {
    auto page = s3::list_objects(view, target.bucket, target.prefix, after, s3::kListKeysMax);
    if (page.objects.empty()) return found;
    after = page.objects.back().key;
    for (s3::ObjectEntry& entry : page.objects) {
      if (!is_wanted(target, entry)) continue;
      std::string its = entry.key.substr(0, entry.key.rfind('/') + 1);
      in_folder = its == folder ? in_folder + 1 : 1;
      folder = std::move(its);
      if (target.sample_per_folder > 0 && in_folder > target.sample_per_folder) continue;
      found.push_back(std::move(entry));
    }
    if (!page.truncated) return found;
  }
}

std::vector<columnar::Classifier> read_classifiers(const std::vector<Classifier>& from) {
  std::vector<columnar::Classifier> out;
  for (const Classifier& one : from) {
    if (one.JsonClassifier) {
      out.push_back(
          columnar::JsonClassifier{one.JsonClassifier->Name, one.JsonClassifier->JsonPath});
    } else if (one.CsvClassifier) {
      const CsvClassifier& csv = *one.CsvClassifier;
      columnar::CsvClassifier classifier{.name = csv.Name};
      if (csv.Delimiter && !csv.Delimiter->empty()) classifier.delimiter = csv.Delimiter->front();
      if (csv.QuoteSymbol && !csv.QuoteSymbol->empty()) classifier.quote = csv.QuoteSymbol->front();
      using Header = columnar::CsvClassifier::Header;
      const std::string header = csv.ContainsHeader.value_or("UNKNOWN");
      classifier.header = header == "PRESENT"  ? Header::kPresent
                          : header == "ABSENT" ? Header::kAbsent
                                               : Header::kUnknown;
      classifier.names = csv.Header.value_or(std::vector<std::string>());
      classifier.single_column = csv.AllowSingleColumn.value_or(false);
      out.push_back(std::move(classifier));
    }
  }
  return out;
}

class Surveyor {
 public:
  Surveyor(const SurveyInput& input, columnar::Engine& engine, objects::Objects& objects,
           const std::atomic<bool>& cancelled)
      : input_(input),
        engine_(engine),
        files_(objects, input.view),
        cancelled_(cancelled),
        classifiers_(read_classifiers(input.classifiers)) {}

  Status look_at(const Target& target, Survey& survey) {
    if (!s3::bucket_exists(*input_.view, input_.scope, target.bucket)) {
      return errors::NoSuchBucket("The specified bucket does not exist: " + target.bucket);
    }
    std::vector<s3::ObjectEntry> entries = list(target, *input_.view);
    if (!target.object.empty()) {
      auto single = s3::find_object(*input_.view, target.bucket, target.object);
      if (single && single->size > 0) return look_at_object(target, *std::move(single), survey);
    }
    auto files = classify(target, entries, survey);
    if (!files) return std::move(files).error();
    survey.targets.push_back("s3://" + target.bucket + "/" + target.prefix);
    auto tables = group_tables(target.bucket, target.prefix, *std::move(files),
                               grouping_options(input_.crawler));
    std::move(tables.begin(), tables.end(), std::back_inserter(survey.tables));
    return ok();
  }

 private:
  Result<std::vector<FoundFile>> classify(const Target& target,
                                          const std::vector<s3::ObjectEntry>& entries,
                                          Survey& survey) {
    std::vector<FoundFile> found;
    for (const s3::ObjectEntry& entry : entries) {
      if (cancelled_) return errors::QueryCancelled("The crawl was stopped");
      ++survey.objects;
      const columnar::ObjectStat stat{"s3://" + target.bucket + "/" + entry.key, entry.size,
                                      entry.etag, entry.last_modified};
      auto inferred = columnar::infer(engine_, files_, stat, classifiers_);
      if (!inferred) return std::move(inferred).error();
      if (*inferred) {
        found.push_back({entry.key, entry.size, **std::move(inferred)});
      } else {
        ++survey.unknown;
      }
    }
    return found;
  }
  Status look_at_object(const Target& target, s3::ObjectEntry entry, Survey& survey) {
    auto files = classify(target, {entry}, survey);
    if (!files) return std::move(files).error();
    survey.targets.push_back("s3://" + target.bucket + "/" + entry.key);
    if (files->empty()) return ok();
    FoundTable table;
    table.name = table_name_of(entry.key.substr(entry.key.rfind('/') + 1));
    table.location = survey.targets.back();
    table.form = std::move(files->front().inferred);
    table.counts = {1, entry.size, table.form.records};
    survey.tables.push_back(std::move(table));
    return ok();
  }

  const SurveyInput& input_;
  columnar::Engine& engine_;
  s3::QueryFiles files_;
  const std::atomic<bool>& cancelled_;
  std::vector<columnar::Classifier> classifiers_;
};

}  // namespace

Result<Survey> survey(const SurveyInput& input, columnar::Engine& engine, objects::Objects& objects,
                      const std::atomic<bool>& cancelled) {
  Survey result;
  Surveyor surveyor(input, engine, objects, cancelled);
  for (const S3Target& target : *input.crawler.Targets->S3Targets) {
    RETURN_IF_ERROR(surveyor.look_at(make_target(target), result));
  }
  return result;
}

GroupingOptions grouping_options(const Crawler& crawler) {
  GroupingOptions options;
  const auto document = parse_json(crawler.Configuration.value_or("{}"));
  const Document* grouping = document ? document->find("Grouping") : nullptr;
  if (!grouping) return options;
  options.combine_schemas = grouping->text("TableGroupingPolicy") == "CombineCompatibleSchemas";
  const Document* level = grouping->find("TableLevelConfiguration");
  if (level && level->is_number()) {
    options.table_level = static_cast<int>(level->to_int64().value_or(0));
  }
  return options;
}

}  // namespace tidemill::glue
