// Temporary credentials. What AssumeRole and GetSessionToken hand out is remembered by its access
// key, so that GetCallerIdentity can say whose it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/call/operation.h"
#include "shapes/sts/Credentials.h"

namespace tidemill::sts {

struct Session {
  std::string account;
  std::string user_id;  // AROA...:session
  std::string arn;      // of the assumed role; of the account's root for GetSessionToken
  int64_t expires = 0;  // milliseconds
  template <class V>
  void fields(V& v) {
    v("Account", account);
    v("UserId", user_id);
    v("Arn", arn);
    v("Expires", expires);
  }
};

// nullopt when there is none or it has expired.
std::optional<Session> find_session(const kv::View& view, const std::string& access_key,
                                    Timestamp now);
// Makes credentials that end after `seconds` and remembers the session.
Credentials make_credentials(Command& command, Session session, int32_t seconds);

}  // namespace tidemill::sts
