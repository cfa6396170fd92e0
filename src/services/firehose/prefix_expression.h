// The custom prefixes of S3 objects: text with expressions "!{namespace:value}".
// https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
// Pure values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/result.h"

namespace tidemill::firehose {

struct PrefixPart {
  enum class Kind {
    kText,
    kTimestamp,  // value: a Java DateTimeFormatter pattern
    kRandomString,
    kErrorOutputType,
    kKeyFromQuery,  // value: the name of the partition key
    kKeyFromLambda,
  };
  Kind kind = Kind::kText;
  std::string value;
};

struct PrefixExpression {
  std::vector<PrefixPart> parts;

  bool has(PrefixPart::Kind kind) const;
  bool has_expressions() const;
  bool has_partition_keys() const;
};

// InvalidArgumentException: an open "!{", or a namespace or value that AWS does not know.
Result<PrefixExpression> parse_prefix(std::string_view text);

// Letters of DateTimeFormatter that are evaluated; others are refused.
bool is_timestamp_pattern(std::string_view pattern);

}  // namespace tidemill::firehose
