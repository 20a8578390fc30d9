#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

#include "program.h"

namespace {

// Started with a standard stream closed (`>&-`), the next file that we open, perhaps the journal,
// would take its number and receive what is printed. Writing to /dev/full fails, as it should.
void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) == -1) ::open("/dev/full", O_RDWR);
}

// A crash is affordable, its core is not: it would lay keys and names on a disk. Nor may another
// program of the same user read them out of this one.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace

int main(int argc, char** argv) {
  forbid_core_dumps();
  open_standard_streams();
  // A phone that hangs up must not end the night; Output deals with a reader of ours that does.
  std::signal(SIGPIPE, SIG_IGN);
  return tocsin::cli::run_program(argc, argv);
}
