// The program. Here the real parts are chosen; everything else is handed down.
#include "app/cli/commands.h"

int main(int count, char** words) { return tidemill::cli::run(count, words); }
