// The keys that may sign, from a file like ~/.aws/credentials:
//
//   [orders]
//   aws_access_key_id = AKIAIOSFODNN7EXAMPLE
//   aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
//   aws_account_id = 123456789012        (optional)
//   aws_session_token = ...              (optional)
//
// Sections are only names; comments begin with '#' or ';'. Other settings are left alone, as the
// AWS CLI does.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"
#include "wire/result.h"

namespace tidemill::sigv4 {

struct Secret {
  std::string secret_access_key;
  std::string account;        // empty: account_of(access key)
  std::string session_token;  // when not empty, requests must bring it
  std::optional<Timestamp> expires;
};

// nullopt: nobody knows this access key. Called on the loop thread.
using SecretLookup = std::function<std::optional<Secret>(std::string_view access_key)>;

// By access key. ValidationException with the line when the text is not of that form, when a
// section lacks one of the two keys, or when an access key stands there twice.
Result<std::map<std::string, Secret, std::less<>>> parse_keys(std::string_view text);

}  // namespace tidemill::sigv4
