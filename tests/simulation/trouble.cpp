#include "simulation/trouble.h"

#include <array>

namespace tocsin::simulation {

namespace {

using base::Minutes;

constexpr auto kCascades = std::to_array<const char*>(
    {"relay, phone", "relay, sms, phone", "relay, threema, sms, phone", "sms, threema, phone",
     "threema, relay", "phone", "threema, phone"});

// What a night is about; each also has a little of everything.
enum class About : std::uint8_t {
  networks,
  switchboard,
  orders,
  clocks,
  deaths,
  hanging,
  end,
  much
};
constexpr int kKinds = 8;

void make_worse(Trouble& night, About about, base::SeededRandom& random) {
  switch (about) {
    case About::networks:
      night.lost = 0.3;
      night.outages = 2;
      night.receipts_lost = 0.3;
      night.late = 0.3;
      night.second_words = 20;
      night.wrong_phones = 0.3;
      return;
    case About::switchboard:
      night.operators = 3;
      night.careless = 0.4;
      night.with_device = 0.3;
      night.wrong_numbers = 0.3;
      return;
    case About::orders:
      night.orders = 30;
      night.restless = 30;
      night.second_words = 20;
      return;
    case About::clocks:
      night.clock_changes = 1 + static_cast<int>(random.below(5));
      if (random.chance(0.7)) night.certified = Minutes{20 + static_cast<int>(random.below(300))};
      return;
    case About::deaths:
      night.deaths = 8;
      night.races = 8;
      return;
    case About::hanging:
      night.hangs = true;
      night.orders = 12;
      return;
    case About::end:
      night.orders = 12;
      night.ends_at = Minutes{5 + static_cast<int>(random.below(70))};
      night.restless = 30;
      return;
    case About::much:
      night.clock_changes = 2;
      night.deaths = 3;
      night.hangs = true;
      night.orders = 20;
      return;
  }
}

}  // namespace

Trouble calm() { return {}; }

Trouble trouble_of(std::uint64_t seed) {
  base::SeededRandom random = base::SeededRandom{seed}.fork(100);
  Trouble night;
  night.lost = 0.1;
  night.doubled = 0.1;
  night.late = 0.1;
  night.shuffled = 0.3;
  night.receipts_lost = 0.1;
  night.channels = kCascades[random.below(kCascades.size())];
  night.reminders = static_cast<int>(random.below(4));
  night.home_says_channels = random.chance(0.8);
  night.home_has_pager = random.chance(0.7);
  night.with_device = 0.4 + 0.6 * random.uniform();
  night.with_messenger = random.uniform();
  night.with_number = random.chance(0.5) ? 1 : 0.8;
  night.with_second_number = 0.4;
  night.wrong_numbers = 0.15;
  night.operators = 1 + static_cast<int>(random.below(3));
  night.careless = 0.2;
  night.orders = static_cast<int>(random.below(10));
  night.restless = static_cast<int>(random.below(10));
  night.second_words = static_cast<int>(random.below(4));
  night.wrong_phones = random.chance(0.3) ? 0.2 : 0;
  night.foreign = static_cast<int>(random.below(4));
  night.late_wakes = static_cast<int>(random.below(3));
  night.races = static_cast<int>(random.below(4));
  night.lasts = Minutes{150 + static_cast<int>(random.below(90))};
  if (random.chance(0.1)) night.lasts = Minutes{9 * 60};
  if (random.chance(0.5)) night.ends_at = Minutes{20 + static_cast<int>(random.below(120))};
  make_worse(night, static_cast<About>(seed % kKinds), random);
  night.together = random.chance(0.3);
  if (night.ends_at) night.lasts = std::max(night.lasts, *night.ends_at + Minutes{70});
  return night;
}

}  // namespace tocsin::simulation
