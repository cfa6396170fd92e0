// The JSON and CSV halves of infer_text. Internal to this folder.
#pragma once

#include <optional>
#include <string_view>

#include "storage/columnar/infer.h"

namespace tidemill::columnar {

std::optional<Inferred> infer_json(std::string_view sample, bool whole,
                                   const JsonClassifier* classifier);
std::optional<Inferred> infer_csv(std::string_view sample, bool whole,
                                  const CsvClassifier* classifier);

}  // namespace tidemill::columnar
