#include "relay/counters.h"

#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace tocsin::relay {
namespace {

// Reads the text format of Prometheus, 0.0.4: a HELP and a TYPE line for each name, then its
// values.
std::map<std::string, double> values_in(const std::string& text) {
  std::map<std::string, double> values;
  std::set<std::string> named;
  std::string helped, current;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string first, second, third, fourth;
    words >> first >> second >> third >> fourth;
    if (first == "#" && second == "HELP") {
      EXPECT_TRUE(named.insert(third).second) << third << " is there twice";
      EXPECT_FALSE(fourth.empty()) << third << " has no help";
      helped = third;
    } else if (first == "#" && second == "TYPE") {
      EXPECT_EQ(third, helped);
      EXPECT_TRUE(fourth == "counter" || fourth == "gauge") << fourth;
      EXPECT_EQ(fourth == "counter", third.ends_with("_total")) << third;
      current = third;
    } else {
      const std::string name = first.substr(0, first.find('{'));
      EXPECT_EQ(name, current) << line;
      EXPECT_TRUE(name.starts_with("tocsin_relay_")) << line;
      EXPECT_TRUE(values.emplace(first, std::stod(second)).second) << first << " is there twice";
    }
  }
  EXPECT_TRUE(text.ends_with('\n'));
  return values;
}

TEST(CountersTest, EachAnswerIsCountedByTheFirstDigitOfItsStatus) {
  Counters counters;
  for (const int status : {200, 204, 304, 400, 401, 429, 429, 500, 503})
    counters.count_answer(status);
  for (const int wrong : {0, 600, 999}) counters.count_answer(wrong);
  const auto values = values_in(metrics_text(counters, {}));
  EXPECT_EQ(values.at(R"(tocsin_relay_answers_total{status="2xx"})"), 2);
  EXPECT_EQ(values.at(R"(tocsin_relay_answers_total{status="3xx"})"), 1);
  EXPECT_EQ(values.at(R"(tocsin_relay_answers_total{status="4xx"})"), 4);
  EXPECT_EQ(values.at(R"(tocsin_relay_answers_total{status="5xx"})"), 2);
  EXPECT_EQ(values.at("tocsin_relay_limited_total"), 3) << "429 twice and 503 once";
}

TEST(CountersTest, EachOutcomeOfAMessageHasItsOwnLine) {
  Counters counters;
  counters.count(wire::Outcome::stored);
  counters.count(wire::Outcome::stored);
  counters.count(wire::Outcome::full);
  const auto values = values_in(metrics_text(counters, {}));
  EXPECT_EQ(values.at(R"(tocsin_relay_messages_total{outcome="stored"})"), 2);
  EXPECT_EQ(values.at(R"(tocsin_relay_messages_total{outcome="full"})"), 1);
  double all = 0;
  for (const auto& [name, value] : values)
    if (name.starts_with("tocsin_relay_messages_total")) all += value;
  EXPECT_EQ(all, 3) << "each is counted once";
}

// Every counter and gauge gets a number of its own, and each number is found once.
TEST(CountersTest, EachFigureIsShownOnce) {
  Counters counters;
  std::uint64_t next = 1'000;
  std::set<double> expected;
  for (std::uint64_t* figure :
       {&counters.too_many, &counters.accepted, &counters.turned_away, &counters.timed_out,
        &counters.acknowledgements, &counters.given_out, &counters.woken, &counters.commits,
        &counters.failed_commits, &counters.syncs}) {
    *figure = ++next;
    expected.insert(static_cast<double>(next));
  }
  counters.sync_seconds = 0.125;
  const Gauges gauges{2'001, 2'002, 2'003, 2'004, 2'005, true};
  expected.insert({0.125, 1, 2'001, 2'002, 2'003, 2'004, 2'005});
  std::multiset<double> found;
  for (const auto& [name, value] : values_in(metrics_text(counters, gauges)))
    if (value != 0) found.insert(value);
  EXPECT_EQ((std::multiset<double>{expected.begin(), expected.end()}), found);
  Gauges broken = gauges;
  broken.store_works = false;
  EXPECT_EQ(values_in(metrics_text(counters, broken)).at("tocsin_relay_store_works"), 0);
}

}  // namespace
}  // namespace tocsin::relay
