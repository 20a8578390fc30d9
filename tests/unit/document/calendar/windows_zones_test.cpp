#include "document/calendar/windows_zones.h"

#include <gtest/gtest.h>

#include <string>

#include "base/zone_file.h"

namespace tocsin::document {
namespace {

TEST(WindowsZones, LeadToZonesThatTheSystemHas) {
  for (const char* name :
       {"GMT Standard Time", "W. Europe Standard Time", "Eastern Standard Time", "UTC",
        "FLE Standard Time", "India Standard Time", "AUS Eastern Standard Time"})
    EXPECT_TRUE(base::system_zone(std::string{zone_of_windows(name)})) << name;
  EXPECT_EQ(zone_of_windows("GMT Standard Time"), "Europe/London");
}

TEST(WindowsZones, OthersHaveNone) {
  EXPECT_EQ(zone_of_windows("Customized Time Zone"), "");
  EXPECT_EQ(zone_of_windows(""), "");
}

}  // namespace
}  // namespace tocsin::document
