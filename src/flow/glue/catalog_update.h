// The writing half of a crawl: what was found goes into the catalog as the crawler's policies say,
// in one command.
// https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html
#pragma once

#include "flow/glue/survey.h"
#include "services/glue/catalog.h"

namespace tidemill::glue {

struct Changes {
  int32_t created = 0;
  int32_t updated = 0;
  int32_t deleted = 0;  // deprecated ones too
};

// The database is made when it is missing. Tables are known by their location; a name taken by a
// table of another location gets a suffix.
Result<Changes> update_catalog(kv::Transaction& tx, const Scope& scope, const Crawler& crawler,
                               const Survey& found, Timestamp now);

}  // namespace tidemill::glue
