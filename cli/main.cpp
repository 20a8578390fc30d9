#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

#include "program.h"

namespace {

// If a standard stream is closed at the start (`>&-`), the next file opened, perhaps the journal,
// would get its number and receive the output. So open /dev/full there: writing to it fails.
void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) == -1) ::open("/dev/full", O_RDWR);
}

// A core dump would write keys and names to a disk. This also stops other programs of the same user
// from reading them out of this process.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace

int main(int argc, char** argv) {
  forbid_core_dumps();
  open_standard_streams();
  // A phone that hangs up must not end the program. Output handles a reader that closes the pipe.
  std::signal(SIGPIPE, SIG_IGN);
  return tocsin::cli::run_program(argc, argv);
}
