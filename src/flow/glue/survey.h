// The reading half of a crawl: lists the objects of the targets, finds out what each one holds and
// groups them into tables. Blocks: for a pool thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "flow/glue/grouping.h"
#include "services/glue/crawlers.h"
#include "storage/columnar/engine.h"
#include "storage/objects/objects.h"

namespace tidemill::glue {

struct Survey {
  std::vector<FoundTable> tables;
  std::vector<std::string> targets;  // locations that were looked at: "s3://bucket/prefix/"
  uint64_t objects = 0;              // looked at
  uint64_t unknown = 0;              // that no classifier knew
};

struct SurveyInput {
  Crawler crawler;
  std::vector<Classifier> classifiers;
  Scope scope;
  std::shared_ptr<const kv::View> view;  // shared with the pool thread
};

// QueryCancelled once `cancelled` is set; NoSuchBucket and what reading objects answers.
Result<Survey> survey(const SurveyInput& input, columnar::Engine& engine, objects::Objects& objects,
                      const std::atomic<bool>& cancelled);

GroupingOptions grouping_options(const Crawler& crawler);

}  // namespace tidemill::glue
