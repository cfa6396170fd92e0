// ClientRequestToken: a transaction that was carried out is not carried out again within ten
// minutes.
#pragma once

#include <string>

#include "storage/kv/store.h"
#include "wire/caller.h"

namespace tidemill::dynamodb {

inline constexpr int64_t kTokenMs = 10 * 60 * 1000;

// True when this very request was carried out before. IdempotentParameterMismatchException when
// another one was under this token. `request` is the request's text.
Result<bool> was_carried_out(const kv::View& view, const Scope& scope, const std::string& token,
                             const std::string& request, Timestamp now);
void remember_token(kv::Transaction& tx, const Scope& scope, const std::string& token,
                    const std::string& request, Timestamp now);
// Forgets tokens beyond ten minutes, at most `count_max`; answers how many.
size_t forget_tokens(kv::Transaction& tx, Timestamp now, size_t count_max);

}  // namespace tidemill::dynamodb
