// The right to drive an incident, which one process has at a time. Another process learns who has
// it. It lapses when its holder stops renewing it, and at once when the holder dies on this
// machine.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/lock.h"
#include "journal/journal.h"

namespace tocsin::control {

class Lease {
 public:
  // `note`: the file beside the journal in which the holder says who it is. `by`: the coordinator,
  // for that note.
  Lease(std::unique_ptr<journal::Lease> lease, std::filesystem::path note, std::string by,
        const base::Clock& clock);
  // Gives it back.
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // False: another process has it. Tries for a second, because a look at the lease holds it too.
  bool take();
  // To be called more often than every ten seconds. False: another process took it while this one
  // slept.
  bool renew();
  // Who has it, as far as they said.
  std::string holder() const;

 private:
  std::filesystem::path lock_path() const;

  std::unique_ptr<journal::Lease> lease_;
  std::filesystem::path note_;
  std::string by_;
  const base::Clock& clock_;
  std::optional<base::FileLock> lock_;  // the system lets go of it when this process dies
  bool is_held_ = false;
  base::Instant until_{};
};

}  // namespace tocsin::control
