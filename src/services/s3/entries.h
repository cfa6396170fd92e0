// How the entry of an object lies in the store, and the commands that replace one.
// docs/STORAGE_FORMAT.md, section s3, describes the bytes.
#pragma once

#include <string>
#include <string_view>

#include "services/s3/objects.h"

namespace tidemill::s3 {

std::string object_key(std::string_view bucket, std::string_view key);
std::string objects_prefix(std::string_view bucket);  // of all object_key of the bucket

std::string encode_entry(const ObjectEntry& entry);
// With attributes and parts; CHECKs the form: entries are ours.
ObjectEntry decode_entry(std::string_view key, std::string_view bytes);
// Without them: what a listing shows, at a fraction of the cost.
ObjectEntry decode_entry_head(std::string_view key, std::string_view bytes);

// The entry takes the place of one with its key, whose bytes lose an owner. S3 tells time in whole
// seconds: last_modified is cut to them.
void put_entry(kv::Transaction& tx, const std::string& bucket, ObjectEntry& entry);

}  // namespace tidemill::s3
