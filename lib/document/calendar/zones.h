// The time zones that a calendar names (TZID, X-WR-TIMEZONE): those of the system, those that the
// file describes (VTIMEZONE), names of Windows, and global names that end in one of the system's.
// Any other name is not known; nothing is guessed.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/zone.h"

struct icalcomponent_impl;

namespace tocsin::document {

class Zones {
 public:
  Zones();

  // Takes in a VTIMEZONE.
  void define(icalcomponent_impl* component);
  // What is wrong with the VTIMEZONE of that name; empty when there is none, or nothing is.
  std::string_view fault_of(std::string_view name) const;

  // Null for a name that is not known. What is returned lives as long as this.
  const base::Zone* find(std::string_view name);

  const base::Zone* utc() const { return &utc_; }
  const base::Zone* process() const { return &process_; }

 private:
  std::string read(icalcomponent_impl* component, const std::string& name);
  std::unique_ptr<base::Zone> look_up(const std::string& name) const;

  base::Zone utc_;
  base::Zone process_;
  std::map<std::string, base::Zone, std::less<>> defined_;
  std::map<std::string, std::string, std::less<>> faults_;
  std::map<std::string, std::unique_ptr<base::Zone>, std::less<>> found_;
};

}  // namespace tocsin::document
