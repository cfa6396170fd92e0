// Keys of the objects that a delivery writes.
// https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html and s3-object-name.html
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/firehose/prefix_expression.h"
#include "sys/random.h"
#include "wire/bytes.h"

namespace tidemill::flow::firehose {

using Keys = std::map<std::string, std::string>;

// The partition keys of one record, by where they come from.
struct PartitionKeys {
  Keys from_query;
  Keys from_lambda;
  friend bool operator==(const PartitionKeys&, const PartitionKeys&) = default;
  friend auto operator<=>(const PartitionKeys&, const PartitionKeys&) = default;
};

// A Java DateTimeFormatter pattern (the letters that services/firehose accepts) at an instant, in a
// time zone of the tz database; empty means UTC.
std::string format_time(std::string_view pattern, Timestamp time, const std::string& time_zone);

// What an object's prefix is made of.
struct PrefixValues {
  Timestamp oldest{};  // arrival of the oldest record in the object
  std::string time_zone;
  const PartitionKeys* keys = nullptr;  // null: none
  std::string error_output_type;        // empty: not an object of errors
};

// The evaluated Prefix: with yyyy/MM/dd/HH/ behind it when it names neither a time nor a partition.
std::string evaluate_prefix(const tidemill::firehose::PrefixExpression& prefix,
                            const PrefixValues& values, sys::Random& random);
// The evaluated ErrorOutputPrefix; without one, `prefix` with the type and the time behind it.
std::string evaluate_error_prefix(const tidemill::firehose::PrefixExpression& error_prefix,
                                  const PrefixValues& values, sys::Random& random);

// "<stream>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid>"
std::string object_name(const std::string& delivery_stream, int64_t version,
                        const PrefixValues& values, sys::Random& random);

}  // namespace tidemill::flow::firehose
