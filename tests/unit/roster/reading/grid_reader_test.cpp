#include "roster/reading/grid_reader.h"

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class GridReader : public Reading {
 protected:
  std::optional<std::vector<Stint>> grid(std::string_view text) {
    ReadRota read;
    const auto table = document::parse_csv(text, "rota.csv", read.findings);
    EXPECT_TRUE(table && is_grid(*table));
    read_grid(*table, terms(), read);
    return settled(std::move(read));
  }
  static bool is_grid_of(std::string_view header) {
    document::Findings findings;
    return is_grid(*document::parse_csv(header, "rota.csv", findings));
  }
};

TEST_F(GridReader, CellsAreReadThroughTheWordsOfTheHome) {
  meanings_[duty_key("N")] = {"N", Duty::on_duty, {}, base::Minutes{1200}, base::Minutes{480}};
  meanings_[duty_key("LD")] = {"LD", Duty::on_duty, {}, base::Minutes{450}, base::Minutes{1200}};
  meanings_[duty_key("OC2")] = {"OC2", Duty::on_call, RoleId{"surgeon"}, base::Minutes{480},
                                base::Minutes{480}};
  const auto stints = grid(
      "Employee Number,Ward,Mon 04/01/2027,05/01/2027,2027-01-06,\"Thursday, 7 January 2027\"\n"
      "E1,Resus,N,-,AL,LD\n"
      "E2,,OC2,LD 08:00-18:00,,.\n");
  ASSERT_TRUE(stints) << first_message();
  ASSERT_EQ(stints->size(), 5u);
  EXPECT_EQ((*stints)[0].from, at("2027-01-04T20:00:00Z"));
  EXPECT_EQ((*stints)[0].until, at("2027-01-05T08:00:00Z"));
  EXPECT_EQ((*stints)[0].ward.str(), "resus");
  EXPECT_EQ((*stints)[1].duty, Duty::absent);
  EXPECT_EQ((*stints)[1].until - (*stints)[1].from, std::chrono::hours{24});
  EXPECT_EQ((*stints)[2].from, at("2027-01-07T07:30:00Z"));
  EXPECT_EQ((*stints)[3].role.str(), "surgeon");
  EXPECT_EQ((*stints)[3].until, at("2027-01-05T08:00:00Z"));
  EXPECT_EQ((*stints)[4].until, at("2027-01-05T18:00:00Z"));
  EXPECT_TRUE(findings_.empty()) << first_message();
}

TEST_F(GridReader, CodesWithoutAMeaningOrTimesAreNamedOnce) {
  EXPECT_FALSE(
      grid("Name,04/01/2027,05/01/2027,06/01/2027\n"
           "Ana Bell,LD,LD,X\nE2,LD,X,X\n"));
  ASSERT_EQ(findings_.size(), 1u);
  EXPECT_EQ(findings_[0].message, "\"LD\" has no times of day (3 cells)");
  EXPECT_EQ(findings_[0].hint, "tocsin rota words set \"LD\" on-duty --from 08:00 --until 20:00");
  ASSERT_EQ(unknown_.size(), 1u);
  EXPECT_EQ(unknown_[0].count, 3u);
}

TEST_F(GridReader, ATableOfDaysNeedsPeople) {
  EXPECT_FALSE(grid("Ward,04/01/2027,05/01/2027,06/01/2027\nResus,N,N,N\n"));
  EXPECT_EQ(first_message(), "row 1: no column for the person, such as \"Employee Number\"");
}

TEST_F(GridReader, TimesThatAreNotUnderstoodAreNotTheUsualOnes) {
  meanings_[duty_key("LD")] = {"LD", Duty::on_duty, {}, base::Minutes{450}, base::Minutes{1200}};
  meanings_[duty_key("N")] = {"N", Duty::on_duty, {}, base::Minutes{1200}, base::Minutes{480}};
  const std::string days = "Name,04/01/2027,05/01/2027,06/01/2027\n";
  for (const char* cell : {"LD 9-5", "LD until 15:00", "LD 09:00-13:00 14:00-20:00"}) {
    EXPECT_FALSE(grid(days + "Ana Bell," + cell + ",,\n"));
    EXPECT_EQ(first_message(), "\"" + std::string{cell} + "\" has times that are not understood");
  }
  const auto stints = grid(days + "Ana Bell,LD 9.00-17.00,LD 0900-1700,AL 9-1\n");
  ASSERT_TRUE(stints) << first_message();
  EXPECT_EQ((*stints)[0].from, at("2027-01-04T09:00:00Z"));
  EXPECT_EQ((*stints)[1].until, at("2027-01-05T17:00:00Z"));
  EXPECT_EQ((*stints)[1].role.str(), "") << "times are no role";
  EXPECT_FALSE(grid(days + "Ana Bell,N/LD,,\n")) << "which of the two?";
  ASSERT_EQ(unknown_.size(), 1u);
  meanings_[duty_key("LD until 15:00")] = {
      "LD until 15:00", Duty::on_duty, {}, base::Minutes{450}, base::Minutes{900}};
  const auto said = grid(days + "Ana Bell,LD until 15:00,,\n");
  ASSERT_TRUE(said) << first_message();
  EXPECT_EQ(said->front().until, at("2027-01-04T15:00:00Z"));
}

TEST_F(GridReader, HeadingsThatLeaveTheYearOpenAreRefused) {
  EXPECT_FALSE(grid("Name,Mon 4,Tue 5,Wed 6,Thu 7,Fri 8\nAna Bell,N,N,,,\n"));
  EXPECT_EQ(first_message(),
            "row 1: there is one column a day, but their headings leave the year open");
  EXPECT_TRUE(is_grid_of("Name,04-Jan,05-Jan,06-Jan,07-Jan,08-Jan\n"));
  EXPECT_TRUE(is_grid_of("Name,1,2,3,4,5,6,7\n"));
  EXPECT_TRUE(is_grid_of("Name,01/12/26,02/12/26,03/12/26\n"));
  EXPECT_FALSE(is_grid_of("Employee Number,Date,Start,End,Duty,On-call Role\n"));
  EXPECT_FALSE(is_grid_of("ID,Start Date,End Date,Monday cover\n"));
}

TEST_F(GridReader, WhatStandsBesideTheDaysCounts) {
  meanings_[duty_key("N")] = {"N", Duty::on_duty, {}, base::Minutes{1200}, base::Minutes{480}};
  const std::string days = ",04/01/2027,05/01/2027,06/01/2027\n";
  for (const char* beside :
       {"Name,Status|Ana Bell,Maternity leave", "Name,Cancelled|Ana Bell,Yes",
        "Name,Notes|Ana Bell,off sick all week", "Name|Ana Bell?", "ID,Name|E1,Zoe Park"}) {
    const std::string_view text = beside;
    const auto bar = text.find('|');
    EXPECT_FALSE(grid(std::string{text.substr(0, bar)} + days + std::string{text.substr(bar + 1)} +
                      ",N,,\n"))
        << beside;
  }
  EXPECT_TRUE(grid("Name,Grade" + days + "Ana Bell,ST5,N,,\n")) << first_message();
}

TEST_F(GridReader, OnlyADashOrADotPlansNothing) {
  meanings_[duty_key("N")] = {"N", Duty::on_duty, {}, base::Minutes{1200}, base::Minutes{480}};
  const std::string days = "Name,04/01/2027,05/01/2027,06/01/2027\nAna Bell,";
  for (const char* cell : {"✓", "❌", "N?", "N\u0336", "AL AM", "🌴"})
    EXPECT_FALSE(grid(days + cell + ",,\n")) << cell;
  for (const char* cell : {"-", "–", "...", " "})
    EXPECT_TRUE(grid(days + cell + ",,\n")->empty()) << cell;
}

}  // namespace
}  // namespace tocsin::roster
