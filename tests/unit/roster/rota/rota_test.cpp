#include "roster/rota/rota.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"
#include "unit/roster/rota/stint.h"

namespace tocsin::roster {
namespace {

using std::chrono::hours;

TEST(Rota, SaysWhoIsOn) {
  const Rota rota{1,
                  {stint("b", Duty::on_call, 18, 32, "anaesthetist"),
                   stint("a", Duty::on_duty, 8, 20), stint("b", Duty::on_duty, 8, 20)},
                  {}};
  const PersonId b{"b"};
  EXPECT_EQ(rota.duty_of(b, kSunday + hours{7}), Duty::off);
  EXPECT_EQ(rota.duty_of(b, kSunday + hours{8}), Duty::on_duty);
  EXPECT_EQ(rota.duty_of(b, kSunday + hours{19}), Duty::on_duty);  // on call as well
  EXPECT_EQ(rota.duty_of(b, kSunday + hours{20}), Duty::on_call);
  EXPECT_EQ(rota.duty_of(b, kSunday + hours{32}), Duty::off);
  EXPECT_EQ(rota.at(kSunday + hours{19}).size(), 3u);
  EXPECT_EQ(rota.next_duty(b, kSunday)->from, kSunday + hours{8});
  EXPECT_EQ(rota.next_duty(b, kSunday + hours{9}), nullptr);
  EXPECT_EQ(rota.last_duty(b, kSunday + hours{9})->from, kSunday + hours{8});
  EXPECT_EQ(rota.last_duty(b, kSunday + hours{8}), nullptr);
  EXPECT_TRUE(rota.of(PersonId{"c"}).empty());
}

TEST(Rota, AnOverrideWinsForItsSpanAndLeavesTheRest) {
  const Rota rota{1,
                  {stint("a", Duty::on_duty, 8, 20)},
                  {{1, stint("a", Duty::absent, 10, 12), "sick child", kSunday}}};
  const PersonId a{"a"};
  EXPECT_EQ(rota.duty_of(a, kSunday + hours{9}), Duty::on_duty);
  EXPECT_EQ(rota.duty_of(a, kSunday + hours{11}), Duty::absent);
  EXPECT_EQ(rota.duty_of(a, kSunday + hours{12}), Duty::on_duty);
  ASSERT_EQ(rota.of(a).size(), 3u);
  EXPECT_EQ(rota.of(a)[2].until, kSunday + hours{20});
}

// The oracle fills in every hour of every person: first the plan, then the overrides by number.
TEST(Rota, AgreesWithPaintingEachHour) {
  base::SeededRandom random{5};
  for (int round = 0; round < 300; ++round) {
    std::vector<Stint> planned;
    std::vector<Override> overrides;
    const auto draw = [&](std::uint64_t first_duty) {
      const int from = static_cast<int>(random.below(40));
      return stint(std::string(1, static_cast<char>('a' + random.below(3))),
                   static_cast<Duty>(first_duty + random.below(4 - first_duty)), from,
                   from + 1 + static_cast<int>(random.below(12)));
    };
    for (std::uint64_t i = random.below(12); i > 0; --i) planned.push_back(draw(1));
    for (std::uint64_t i = random.below(6); i > 0; --i) overrides.push_back({i, draw(0), "r", {}});

    const Rota rota{1, planned, overrides};
    std::sort(overrides.begin(), overrides.end(),
              [](const Override& x, const Override& y) { return x.number < y.number; });
    for (const char* person : {"a", "b", "c"}) {
      for (int hour = 0; hour < 60; ++hour) {
        const base::Instant now = kSunday + hours{hour};
        std::vector<Duty> painted;
        for (const Stint& s : planned)
          if (s.person.str() == person && s.covers(now)) painted.push_back(s.duty);
        for (const Override& o : overrides)
          if (o.stint.person.str() == person && o.stint.covers(now)) painted = {o.stint.duty};
        const auto has = [&](Duty duty) {
          return std::find(painted.begin(), painted.end(), duty) != painted.end();
        };
        const Duty expected = has(Duty::absent)    ? Duty::absent
                              : has(Duty::on_duty) ? Duty::on_duty
                              : has(Duty::on_call) ? Duty::on_call
                                                   : Duty::off;
        ASSERT_EQ(rota.duty_of(PersonId{person}, now), expected) << round << person << hour;
      }
    }
  }
}

TEST(Rota, KnowsTheWordsOfRosteringSystems) {
  EXPECT_EQ(duty_from_text("On Call"), Duty::on_call);
  EXPECT_EQ(duty_from_text("on-duty"), Duty::on_duty);
  EXPECT_EQ(duty_from_text("absent"), Duty::absent);
  EXPECT_EQ(duty_from_text("off"), Duty::off);
  EXPECT_EQ(duty_from_text("Annual leave"), std::nullopt);
  EXPECT_EQ(duty_from_text(""), std::nullopt);
}

}  // namespace
}  // namespace tocsin::roster
