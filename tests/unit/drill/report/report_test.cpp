#include "drill/report/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "unit/drill/report/at_work.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using base::Minutes;
using incident::at;

constexpr const char* kNurses = "resus/nurse/response";  // one by 30 min, then two by 60 min

// Plays what was said until nine hours have passed, and sums it up.
Report summed_up(AtWork& ward, const Rings& rings = {}) {
  Watch watch{ward.night.state, Minutes{540}};
  while (ward.people.next() && *ward.people.next() <= at(540)) {
    const base::Instant next = *ward.people.next();
    watch.look_before(next, ward.night.state, ward.people, 0);
    ward.people.act(next);
  }
  watch.look_before(at(541), ward.night.state, ward.people, 0);
  return summarise(ward.night.state, ward.people, watch, rings);
}
const PostResult& nurses(const AtWork& ward, const Report& report) {
  return report.post_results[ward.night.post(kNurses)];
}

// Two seats, of which one is needed early: somebody who is early fills one of them in time, and two
// who come between the times fill only the later one.
TEST(Report, ASeatIsOnTimeWhenSomebodyStandsThereAtItsTime) {
  AtWork both_early;
  both_early.seat(0, "ana", kNurses);
  both_early.seat(0, "ben", kNurses, 1);
  EXPECT_EQ(nurses(both_early, summed_up(both_early)).seats.on_time, 2);

  AtWork both_between;
  both_between.seat(35, "ana", kNurses);
  both_between.seat(35, "ben", kNurses, 1);
  const Report between = summed_up(both_between);
  EXPECT_EQ(nurses(both_between, between).seats.on_time, 1);
  EXPECT_EQ(nurses(both_between, between).seats.filled, 2);

  AtWork one_early;
  one_early.seat(0, "ana", kNurses);
  const Report one = summed_up(one_early);
  EXPECT_EQ(nurses(one_early, one).seats.on_time, 1);
  EXPECT_EQ(nurses(one_early, one).seats.required, 2);

  AtWork late;
  late.seat(70, "ana", kNurses);
  const Report after = summed_up(late);
  EXPECT_EQ(nurses(late, after).seats.on_time, 0);
  EXPECT_EQ(nurses(late, after).seats.filled, 1);
}

TEST(Report, HeldIsNotFilledAndAnAreaCountsItsPosts) {
  AtWork ward;
  ward.seat(0, "ana", kNurses);
  ward.seat(0, "dee", "resus/doctor/response");
  ward.seat(539, "ben", kNurses, 1);  // still on the way at the end
  ward.seat(539, "cyn", "wards/nurse/response");
  const Report report = summed_up(ward);
  const PostResult& on_the_way = report.post_results[ward.night.post("wards/nurse/response")];
  EXPECT_EQ(on_the_way.held, 1);
  EXPECT_EQ(on_the_way.seats.filled, 0);
  EXPECT_EQ(nurses(ward, report).held, 2);
  EXPECT_EQ(nurses(ward, report).seats.filled, 1);
  EXPECT_EQ(nurses(ward, report).from_off_duty, 2) << "the state's rota has them at home";
  ASSERT_EQ(report.areas.size(), 2u);
  EXPECT_EQ(report.areas[0].id, "resus");
  EXPECT_EQ(report.areas[0].posts.required, 3);
  EXPECT_EQ(report.areas[0].posts.filled, 2);
  EXPECT_EQ(report.areas[1].posts.required, 1);
  EXPECT_EQ(report.posts.required, 4);
  EXPECT_EQ(report.posts.filled, 2);
  EXPECT_EQ(report.relief.required, 1);
  EXPECT_FALSE(report.is_complete());
}

TEST(Report, WhoCameAndHasNoPostIsASurplus) {
  AtWork ward;
  ward.seat(0, "ana", kNurses);
  ward.seat(0, "ben", kNurses, 1);
  ward.live_until(at(20));
  ward.night.happens(20, incident::StoodDown{incident::PersonId{"ben"}, "a test"});
  EXPECT_EQ(summed_up(ward).surplus_arrivals, 1);
}

TEST(Report, RingsInterruptAsPromptsDo) {
  AtWork ward;
  const Report report = summed_up(ward, {5, 2});
  EXPECT_EQ(report.interruptions, ward.night.state.interruptions + 5);
  EXPECT_EQ(report.interruptions_first_hour, 2u);
}

// The sums over areas and over posts are the same.
TEST(Report, AreasAndPostsAddUp) {
  for (const Policy policy : {Policy::measured, Policy::broadcast}) {
    const Report report = play(small_settings(80, policy));
    Filled by_post, by_area;
    for (const PostResult& post : report.post_results) {
      EXPECT_LE(post.seats.filled, post.seats.required);
      EXPECT_LE(post.seats.on_time, post.seats.required);
      EXPECT_GE(post.from_off_duty, 0);
      if (post.relief) continue;
      by_post.required += post.seats.required;
      by_post.filled += post.seats.filled;
      by_post.on_time += post.seats.on_time;
    }
    for (const AreaResult& area : report.areas) {
      by_area.required += area.posts.required;
      by_area.filled += area.posts.filled;
      by_area.on_time += area.posts.on_time;
    }
    EXPECT_GT(by_post.on_time, 0);
    EXPECT_EQ(by_post.required, report.posts.required);
    EXPECT_EQ(by_area.required, report.posts.required);
    EXPECT_EQ(by_post.filled, report.posts.filled);
    EXPECT_EQ(by_area.filled, report.posts.filled);
    EXPECT_EQ(by_post.on_time, report.posts.on_time);
    EXPECT_EQ(by_area.on_time, report.posts.on_time);
    EXPECT_EQ(report.asked.size(), static_cast<std::size_t>(report.people.called));
    const incident::Counts& people = report.people;
    EXPECT_EQ(people.yes + people.later + people.last_resort + people.no, people.replied);
  }
}

TEST(Report, ItsTextFitsATerminalAndMarksWhatIsShort) {
  Report report;
  report.exercise = "EX-18446744073709551615";
  report.playbook = "mass-casualty";
  report.staff = 100'000;
  report.messages.sent = 123'456;
  report.people.called = report.people.replied = 45'678;
  report.people.yes = report.people.no = report.people.later = 12'345;
  report.areas = {{"a", "An area with a title that is much too long for its column", {12, 12, 3}},
                  {"b", "Resus", {12, 11, 11}},
                  {"c", "Unused", {0, 0, 0}}};
  report.posts = {24, 23, 14};
  std::istringstream lines{to_text(report)};
  std::string text;
  for (std::string line; std::getline(lines, line); text += line + '\n')
    if (!line.starts_with("People behave after")) {
      EXPECT_LE(line.size(), 80u) << line;
    }
  EXPECT_EQ(text, to_text(report)) << "it ends with a newline";
  const auto line_with = [&](std::string_view what) {
    const std::size_t at = text.find(what);
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(line_with("  An area").find("SHORT"), std::string::npos);
  EXPECT_NE(line_with("  Resus").find("SHORT"), std::string::npos);
  EXPECT_EQ(text.find("Unused"), std::string::npos) << "it asks for nobody";
  EXPECT_EQ(text.find("Relief"), std::string::npos) << "there is no later shift";
  report.relief = {5, 5, 5};
  EXPECT_NE(to_text(report).find("Relief"), std::string::npos);
}

TEST(Report, ItsJsonHasTheNumbersOfItsText) {
  const Report report = play(small_settings(80));
  const nlohmann::json json = to_json(report);
  EXPECT_EQ(json.at("posts").at("required"), report.posts.required);
  EXPECT_EQ(json.at("posts").at("on_time"), report.posts.on_time);
  EXPECT_EQ(json.at("people").at("called"), report.people.called);
  EXPECT_EQ(json.at("people").at("surplus_arrivals"), report.surplus_arrivals);
  EXPECT_EQ(json.at("journal").at("events"), report.events);
  EXPECT_EQ(json.at("journal").at("head"), report.head);
  ASSERT_EQ(json.at("areas").size(), report.areas.size());
  for (std::size_t a = 0; a < report.areas.size(); ++a)
    EXPECT_EQ(json.at("areas")[a].at("filled"), report.areas[a].posts.filled);
}

}  // namespace
}  // namespace tocsin::drill
