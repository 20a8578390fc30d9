// A small roster in London, and what the readers make of a table or of events for it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "roster/reading/rota_import.h"

namespace tocsin::roster {

class Reading : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
    std::vector<Responder> people(3);
    people[0].id = PersonId{"E1"};
    people[0].name = "Ana Bell";
    people[0].contacts = {{ChannelId{"email"}, "ana@example.org", {}, {}, true}};
    people[1].id = PersonId{"E2"};
    people[1].name = "Ben Cole";
    people[2].id = PersonId{"E3"};
    people[2].name = "Cole, Ben";
    roster_ = Roster{1, {}, std::move(people)};
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  std::optional<std::vector<Stint>> csv(std::string_view text,
                                        Strangers strangers = Strangers::refuse,
                                        const Mapping& mapping = {}) {
    document::Findings findings;
    std::optional<std::vector<Stint>> out;
    if (const auto table = document::parse_csv(text, "rota.csv", findings))
      out = import_rota(*table, mapping, roster_, strangers, findings);
    findings_ = findings.sorted();
    return out;
  }
  std::optional<std::vector<Stint>> events(std::vector<document::Event> list,
                                           Strangers strangers = Strangers::refuse) {
    document::Findings findings;
    for (document::Event& event : list) {
      event.from = at("2026-11-22T20:00:00Z");
      event.until = at("2026-11-23T08:00:00Z");
    }
    auto out = import_rota(list, Mapping{}, roster_, strangers, findings);
    findings_ = findings.sorted();
    return out;
  }
  static base::Instant at(std::string_view text) { return *base::from_rfc3339(text); }
  std::string first_message() const { return findings_.empty() ? "" : findings_.front().message; }

  Roster roster_;
  std::vector<document::Finding> findings_;
};

}  // namespace tocsin::roster
