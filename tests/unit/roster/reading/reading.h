// A small roster in London, and what the readers make of a table or of events for it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/calendar/icalendar.h"
#include "document/csv.h"
#include "roster/reading/event_reader.h"
#include "roster/reading/table_reader.h"

namespace tocsin::roster {

class Reading : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
    std::vector<Responder> people(4);
    people[0].id = PersonId{"E1"};
    people[0].name = "Ana Bell";
    people[0].contacts = {{ChannelId{"email"}, "ana@example.org", {}, {}, true}};
    people[1].id = PersonId{"E2"};
    people[1].name = "Ben Cole";
    people[2].id = PersonId{"E3"};
    people[2].name = "Cole, Ben";
    people[3].id = PersonId{"E4"};
    people[3].name = "Zoe Park";
    roster_ = Roster{1, {}, std::move(people)};
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  // The stints, or nothing when there was a fault or a word that is not understood.
  std::optional<std::vector<Stint>> csv(std::string_view text,
                                        Strangers strangers = Strangers::refuse) {
    ReadRota read;
    if (const auto table = document::parse_csv(text, "rota.csv", read.findings))
      read_table(*table, terms(strangers), read);
    return settled(std::move(read));
  }
  std::optional<std::vector<Stint>> events(std::vector<document::Event> list,
                                           Strangers strangers = Strangers::refuse) {
    ReadRota read;
    for (document::Event& event : list) {
      if (event.until != base::Instant{}) continue;
      event.from = at("2026-11-22T20:00:00Z");
      event.until = at("2026-11-23T08:00:00Z");
    }
    read_events({std::move(list), {}}, terms(strangers), read);
    return settled(std::move(read));
  }
  Terms terms(Strangers strangers = Strangers::refuse) const {
    return {roster_, mapping_, meanings_, strangers};
  }
  std::optional<std::vector<Stint>> settled(ReadRota read) {
    findings_ = read.findings.sorted();
    unknown_ = read.unknown_words();
    if (read.findings.has_errors() || !unknown_.empty()) return std::nullopt;
    std::vector<Stint> stints;
    for (Planned& one : read.draft.stints) stints.push_back(std::move(one.stint));
    std::sort(stints.begin(), stints.end());
    return stints;
  }
  static base::Instant at(std::string_view text) { return *base::from_rfc3339(text); }
  std::string first_message() const { return findings_.empty() ? "" : findings_.front().message; }

  Roster roster_;
  Mapping mapping_;
  Meanings meanings_;
  std::vector<UnknownWord> unknown_;
  std::vector<document::Finding> findings_;
};

}  // namespace tocsin::roster
