#include "control/lease.h"

#include <fmt/format.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"

namespace tocsin::control {

namespace {

constexpr base::Milliseconds kTerm{10'000};
constexpr base::Milliseconds kRenewAfter{3'000};
constexpr int kTries = 10;
constexpr base::Milliseconds kBetweenTries{100};
constexpr std::size_t kLongestNote = 1'000;

}  // namespace

Lease::Lease(std::unique_ptr<journal::Lease> lease, std::filesystem::path note, std::string by,
             const base::Clock& clock)
    : lease_(std::move(lease)), note_(std::move(note)), by_(std::move(by)), clock_(clock) {}

Lease::~Lease() {
  if (!is_held_) return;
  try {
    std::error_code ignored;  // a note that stays behind is overwritten by the next holder
    std::filesystem::remove(note_, ignored);
    lease_->give_back();
  } catch (const base::Fault&) {  // the lease ends by itself
  }
}

std::filesystem::path Lease::lock_path() const { return std::filesystem::path{note_} += ".lock"; }

bool Lease::take() {
  for (int tries = 0; tries < kTries; ++tries) {
    // The journal is a file of this machine: whoever holds the lease without the lock is dead.
    if (!lock_) lock_ = base::FileLock::try_take(lock_path());
    if (lock_) {
      const base::Instant now = clock_.now();
      lease_->take_over(now, kTerm);
      is_held_ = true;
      until_ = now + kTerm;
      base::write_file(note_,
                       base::bytes_of(fmt::format("process {}, {}, since {}", ::getpid(), by_,
                                                  base::local_clock(now))),
                       base::Access::owner_only);
      return true;
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
  return false;
}

bool Lease::renew() {
  const base::Instant now = clock_.now();
  if (now < until_ - kTerm + kRenewAfter) return true;
  is_held_ = lease_->take(now, kTerm);
  until_ = now + kTerm;
  return is_held_;
}

std::string Lease::holder() const {
  std::error_code error;
  if (!std::filesystem::is_regular_file(note_, error)) return "another process";
  return base::printable(base::read_file(note_, kLongestNote));
}

}  // namespace tocsin::control
