// The command line: `tidemill serve | demo | deploy | generate | trace | query | status | clock |
// version`. Exit codes: 0 done, 1 it failed (the message says what to do), 2 the words are wrong.
#pragma once

namespace tidemill::cli {

int run(int count, char** words);

}  // namespace tidemill::cli
