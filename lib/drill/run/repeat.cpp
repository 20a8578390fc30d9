#include "drill/run/repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace tocsin::drill {

std::vector<Report> repeat(const playbook::Playbook& playbook, const Settings& settings, int runs,
                           unsigned threads, const RunsDone& progress) {
  std::vector<Report> reports(static_cast<std::size_t>(runs));
  std::atomic<std::size_t> next{0};
  std::mutex mutex;  // protects the members below, and `progress`
  int done = 0;
  std::exception_ptr fault;

  const auto work = [&] {
    const callout::Recourses recourses;
    for (std::size_t i = next++; i < reports.size(); i = next++) try {
        Settings one = settings;
        one.seed += i;
        one.looks_back = true;
        one.recourses = recourses;
        if (one.path == Path::live) {
          one.folder /= fmt::format("EX-{}", one.seed);
          std::filesystem::create_directories(one.folder);
        }
        reports[i] = run(playbook, one, [](base::Minutes, base::Minutes) {});
        const std::lock_guard lock{mutex};
        progress(++done, runs);
      } catch (...) {
        const std::lock_guard lock{mutex};
        if (!fault) fault = std::current_exception();
        next = reports.size();
      }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < std::min(threads, static_cast<unsigned>(runs)); ++t)
      others.emplace_back(work);
    work();
  }
  if (fault) std::rethrow_exception(fault);
  return reports;
}

}  // namespace tocsin::drill
