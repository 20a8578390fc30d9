#include "input/drill_flags.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "base/fault.h"
#include "base/file.h"
#include "document/node.h"
#include "input/when.h"

namespace tocsin::cli {

namespace {

// The default of --at: a fixed Saturday evening, so that a seed gives the same night in later
// years.
constexpr std::string_view kUsualNight = "2026-01-10T22:40:00Z";

}  // namespace

void DrillFlags::describe(Options& app) {
  app.add_option("--staff", staff_, "How many people the synthetic roster has")
      ->type_name("N")
      ->between(1, 100'000)
      ->capture_default_str();
  app.add_option("--seed", seed_, "The dice: the same seed, the same night")
      ->type_name("S")
      ->capture_default_str();
  app.add_option("--at", at_, "When it is declared, such as \"Sunday 04:00\"")->type_name("TIME");
  app.add_flag("--in-memory", in_memory_, "Without relay, disk and encryption: for many seeds");
  app.add_option("--keep", keep_, "Leave the exercise's home in this folder")->type_name("FOLDER");
  app.add_option("--repeat", runs_, "Run N seeds from --seed on, and report how they spread")
      ->type_name("N")
      ->between(1, 1'000'000);
  app.add_option("--policy", policy_, "How people are called: as Tocsin does, or all at once")
      ->type_name("POLICY")
      ->one_of({"measured", "broadcast"})
      ->capture_default_str();
  app.add_flag("--compare", compare_, "Run both policies on the same seeds, side by side");
  app.add_option("--html", html_, "Write the comparison with its plots to this file")
      ->type_name("FILE");
  app.add_option("--belief", belief_, "People are reached FACTOR times as often as published")
      ->type_name("FACTOR")
      ->capture_default_str();
  app.add_option("--world", world_, "Which channels the simulated people have; in memory")
      ->type_name("FILE");
}

drill::Settings DrillFlags::settings(base::Instant now) const {
  if (is_in_memory() && !keep_.empty())
    throw base::Fault(base::Exit::usage, "a drill in memory leaves nothing to keep",
                      "leave out --in-memory and --world, or --keep");
  drill::Settings settings;
  settings.staff = static_cast<std::size_t>(staff_);
  settings.seed = seed_;
  settings.path = is_in_memory() ? drill::Path::in_memory : drill::Path::live;
  settings.at = at_.empty() ? *base::from_rfc3339(kUsualNight) : when(at_, now);
  settings.policy = policy_ == "broadcast" ? drill::Policy::broadcast : drill::Policy::measured;
  settings.belief = belief();
  if (!world_.empty()) {
    document::Findings findings;
    settings.world =
        drill::read_world(base::read_file(world_, document::Limits{}.size_bytes), world_, findings);
    findings.throw_if_errors("world");
  }
  return settings;
}

std::optional<DrillFolder> DrillFlags::folder() const {
  if (is_in_memory()) return std::nullopt;
  return std::optional<DrillFolder>{std::in_place, keep_};
}

double DrillFlags::belief() const {
  double factor = 0;
  const char* end = belief_.data() + belief_.size();
  const auto read = std::from_chars(belief_.data(), end, factor);
  if (read.ec != std::errc{} || read.ptr != end || !(factor >= 0.1 && factor <= 10))
    throw base::Fault(base::Exit::usage,
                      fmt::format("--belief {} is not a factor from 0.1 to 10", belief_),
                      "2 makes people answer twice as often as published, 0.5 half as often");
  return factor;
}

}  // namespace tocsin::cli
