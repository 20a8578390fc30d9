#include "home/time_zone.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace tocsin::home {
namespace {

const base::Instant kSummer = *base::from_rfc3339("2027-07-05T07:00:00Z");

// The process's own zone, put back at the end.
class TimeZone : public testing::Test {
 protected:
  void SetUp() override {
    if (const char* zone = std::getenv("TZ")) before_ = zone;
  }
  void TearDown() override { machine_in(before_.empty() ? "UTC" : before_.c_str()); }
  static void machine_in(const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
  }

 private:
  std::string before_;
};

TEST_F(TimeZone, OfTheSettingsGoesBeforeThatOfTheMachine) {
  machine_in("UTC");
  Settings settings;
  follow_time_zone(settings);
  EXPECT_EQ(base::local_clock(kSummer), "07:00");
  settings.time_zone = "Europe/London";
  follow_time_zone(settings);
  EXPECT_EQ(base::local_clock(kSummer), "08:00");
}

TEST_F(TimeZone, OfUtcIsTroubleUnlessItIsAskedFor) {
  Settings settings;
  for (const char* utc : {"UTC", "Etc/UTC", "GMT", ""}) {
    machine_in(utc);
    EXPECT_TRUE(is_utc_by_default(settings, kSummer)) << utc;
  }
  const base::Instant winter = *base::from_rfc3339("2026-11-29T12:00:00Z");
  for (const char* other : {"Europe/London", "Europe/Dublin", "Asia/Tokyo"}) {
    machine_in(other);
    EXPECT_FALSE(is_utc_by_default(settings, winter)) << other << ": as UTC in winter only";
  }
  settings.time_zone = "Etc/UTC";
  follow_time_zone(settings);
  EXPECT_FALSE(is_utc_by_default(settings, kSummer));
}

}  // namespace
}  // namespace tocsin::home
