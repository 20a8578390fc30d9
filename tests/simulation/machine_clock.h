// The clock of the coordinators' machine, which somebody or something changes now and then: by a
// second or by ten years, for a while or for good. True time goes on.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/random.h"

namespace tocsin::simulation {

// By how much a clock is wrong that nobody looks after: from 1 s to 10 years, each order of
// magnitude as likely as the next.
base::Milliseconds draw_offset(base::SeededRandom& random);

class MachineClock final : public base::Clock {
 public:
  MachineClock(const base::Clock& true_clock, int changes, base::SeededRandom random);

  base::Instant now() const override { return true_.now() + offset_; }
  base::Milliseconds steady() const override { return true_.steady(); }
  base::Instant true_time_of(base::Instant shown) const { return shown - offset_; }
  // How often it was changed so far.
  std::size_t changes() const noexcept { return made_; }
  bool is_right() const noexcept { return offset_ == base::Milliseconds{0}; }
  bool was_ever_wrong() const noexcept { return made_ > 0 || !is_right(); }
  // When it was last changed, in true time.
  base::Instant changed() const noexcept { return changed_; }
  // How far it went back, each time by no more than the time that had passed.
  base::Milliseconds stepped_back() const noexcept { return stepped_back_; }
  // The next change, in true time.
  std::optional<base::Instant> next() const;
  // Makes the changes that are due.
  void act();
  // Somebody sets it right, and it stays so.
  void put_right();

 private:
  struct Change {
    base::Instant at;
    base::Milliseconds offset;
  };
  const base::Clock& true_;
  base::Milliseconds offset_{0};
  base::Milliseconds stepped_back_{0};
  const base::Instant began_;
  base::Instant changed_;
  std::vector<Change> changes_;
  std::size_t made_ = 0;
};

}  // namespace tocsin::simulation
