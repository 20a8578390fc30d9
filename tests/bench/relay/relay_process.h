// A relay in its own process, so that only the relay is measured. It reports its figures whenever
// it is asked.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "base/fault.h"
#include "relay/server.h"
#include "wire/organisation.h"

namespace tocsin::bench {

inline std::size_t resident_bytes() {
  std::ifstream file{"/proc/self/statm"};
  std::size_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// On a busy machine processor time is more reliable than the clock.
inline double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Report {
  std::uint16_t port = 0;
  std::size_t waiting = 0;
  std::size_t resident = 0;
  double processor = 0;
};

// The relay's process. It reports its figures whenever it is asked, until the pipe closes.
class RelayProcess {
 public:
  RelayProcess(const wire::Organisation& organisation, const std::filesystem::path& folder) {
    int ask[2];
    int tell[2];
    if (pipe(ask) != 0 || pipe(tell) != 0) throw base::Fault(base::Exit::fault, "no pipe");
    child_ = fork();
    if (child_ == 0) {
      close(ask[1]);
      close(tell[0]);
      serve(organisation, folder, ask[0], tell[1]);
      _exit(0);
    }
    close(ask[0]);
    close(tell[1]);
    ask_ = ask[1];
    tell_ = tell[0];
  }
  ~RelayProcess() {
    close(ask_);
    close(tell_);
    waitpid(child_, nullptr, 0);
  }
  RelayProcess(const RelayProcess&) = delete;
  RelayProcess& operator=(const RelayProcess&) = delete;

  Report report() const {
    Report report;
    if (write(ask_, "?", 1) != 1 || read(tell_, &report, sizeof report) != sizeof report)
      throw base::Fault(base::Exit::fault, "the relay's process is gone");
    return report;
  }

 private:
  static void serve(const wire::Organisation& organisation, const std::filesystem::path& folder,
                    int ask, int tell) {
    const base::SystemClock clock;
    relay::ServerSettings settings;
    settings.store = folder / "relay.db";
    settings.organisations = {organisation};
    relay::Server server{std::move(settings), clock};
    server.start();
    char question = 0;
    while (read(ask, &question, 1) == 1) {
      const Report report{server.port(), server.waiting(), resident_bytes(), processor_seconds()};
      if (write(tell, &report, sizeof report) != sizeof report) break;
    }
  }

  pid_t child_ = -1;
  int ask_ = -1;
  int tell_ = -1;
};

}  // namespace tocsin::bench
