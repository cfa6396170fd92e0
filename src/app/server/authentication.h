// Who calls, by the options: any key is taken, or each signature is verified (D10).
#pragma once

#include <string>

#include "door/protocols/dispatcher.h"
#include "sys/clock.h"
#include "sys/files.h"

namespace tidemill {

struct AuthenticationOptions {
  bool verifies = false;  // --auth sigv4
  std::string keys_file;  // like ~/.aws/credentials; needed when it verifies
};

// Refuses what a web page sends, reads or verifies the signature, and decodes an aws-chunked body.
// InputOutput or ValidationException when the keys file cannot be used. `clock` outlives it.
Result<protocols::Authenticate> authentication(const AuthenticationOptions& options,
                                               sys::Files& files, sys::Clock& clock);

}  // namespace tidemill
