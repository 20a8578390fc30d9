// The options that say what a drill plays: with how many people, which dice, when, how people are
// called, and how often.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "drill/run/settings.h"
#include "input/drill_folder.h"
#include "input/options.h"

namespace tocsin::cli {

class DrillFlags {
 public:
  void describe(Options& app);
  // Without the playbook and the folder. A Fault names what is no drill, or what is wrong with the
  // world.
  drill::Settings settings(base::Instant now) const;
  // Of a drill that is not in memory, made now.
  std::optional<DrillFolder> folder() const;

  int runs() const noexcept { return runs_; }  // 0: one run with its own report
  bool compares() const noexcept { return compare_ || !html_.empty(); }
  const std::string& html() const noexcept { return html_; }

 private:
  double belief() const;
  bool is_in_memory() const noexcept { return in_memory_ || !world_.empty(); }

  int staff_ = 1'200;
  std::uint64_t seed_ = 1;
  std::string at_;
  bool in_memory_ = false;
  std::string keep_;
  int runs_ = 0;
  std::string policy_ = "measured";
  bool compare_ = false;
  std::string html_;
  std::string belief_ = "1";
  std::string world_;
};

}  // namespace tocsin::cli
