#include "base/zone_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "base/file.h"
#include "base/random.h"

namespace tocsin::base {
namespace {

using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::year;

// Ireland's winter is its saving time, Lord Howe moves by half an hour, Morocco by the moon, and
// Nuuk changes on Saturday at 24 hours and beyond.
TEST(ZoneFile, SaysWhatTheCLibrarySays) {
  for (const char* name :
       {"Europe/London", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe",
        "Africa/Casablanca", "America/Nuuk", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo",
        "Pacific/Chatham", "Asia/Jerusalem", "UTC", "Etc/GMT+12"}) {
    const auto zone = system_zone(name);
    ASSERT_TRUE(zone) << name;
    ::setenv("TZ", name, 1);
    ::tzset();
    const Zone process = Zone::of_process();
    for (Instant at = sys_days{year{1971} / 1 / 1}; at < sys_days{year{2099} / 1 / 1};
         at += hours{77})
      ASSERT_EQ(zone->ahead_at(at), process.ahead_at(at)) << name << to_rfc3339(at);
  }
  ::unsetenv("TZ");
  ::tzset();
}

TEST(ZoneFile, HasNothingForOtherNames) {
  for (const char* name : {"", "Mars/Base", "/etc/passwd", "../../../etc/passwd", "Europe/../UTC",
                           "Europe", "tzdata.zi", "right/Europe/London", "Europe/London\n", "."})
    EXPECT_FALSE(system_zone(name)) << name;
}

TEST(ZoneFile, DamagedBytesNeverCrash) {
  const std::string good = read_file("/usr/share/zoneinfo/Europe/London", 1 << 20);
  ASSERT_TRUE(parse_zone_file(good));
  EXPECT_FALSE(parse_zone_file(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(parse_zone_file(""));
  SeededRandom random{7};
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (std::uint64_t n = 1 + random.below(6); n > 0; --n)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    if (const auto zone = parse_zone_file(bytes)) zone->ahead_at({});
    parse_zone_file(std::string_view{bytes}.substr(0, random.below(bytes.size())));
  }
}

}  // namespace
}  // namespace tocsin::base
