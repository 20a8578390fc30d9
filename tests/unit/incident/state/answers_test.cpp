// Holds the fold against the table of answers and states in tocsin-respond(1).
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <sstream>

#include "base/file.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

constexpr const char* kWho = "ana";

// The rows of the table, by state: what each column says.
std::map<std::string, std::vector<std::string>> table() {
  const std::string page = base::read_file("man/tocsin-respond.1", 1 << 20);
  std::istringstream lines{
      page.substr(page.find(".TS\n"), page.find(".TE\n") - page.find(".TS\n"))};
  std::map<std::string, std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells{line};
    std::string state;
    std::getline(cells, state, '\t');
    for (std::string cell; std::getline(cells, cell, '\t');) rows[state].push_back(cell);
  }
  rows.erase("you are");
  return rows;
}

struct Lived : Night {
  Lived() : Night(written_first()) { settle(0); }
  void hears(int minute, const char* id, Answer answer, int when = 0) {
    replies(minute, id, answer, when, kThreema);
    settle(minute);
  }
  void become(const std::string& what) {
    if (what == "asked") return;
    if (what == "relief") {
      hears(1, "ben", Answer::coming, 31);
      hears(1, "cyn", Answer::coming, 16);
      hears(1, kWho, Answer::later, 8 * 60);
      return;
    }
    hears(1, kWho, Answer::coming, 21);
    if (what == "here") hears(20, kWho, Answer::arrived);
    if (what == "left") hears(20, kWho, Answer::leaving);
    if (what == "stood down") happens(20, StoodDown{PersonId{kWho}, "filled"}, "");
    if (what == "reserved") happens(20, Reserved{PersonId{kWho}, "first in line"}, "");
    if (what == "released") happens(20, Released{PersonId{kWho}, "not needed"});
    if (what == "ended") happens(20, Ended{"over"});
    // The decision is put into words before the next answer, but nobody is placed anew.
    if (what == "stood down" || what == "reserved") return;
    settle(20);
  }
};

constexpr std::array kColumns{Answer::coming, Answer::no, Answer::arrived, Answer::leaving};

std::string what_follows(Lived& night, Answer answer) {
  const std::size_t written = night.of(kWho).messages.size();
  night.hears(22, kWho, answer, answer == Answer::coming ? 60 : 0);
  const Person& person = night.of(kWho);
  const bool is_written_anew =
      person.messages.size() > written &&
      night.state.messages[person.messages.back()].kind == playbook::MessageKind::stand_down;
  if (night.state.has_ended())
    return person.status == Status::stood_down && is_written_anew ? "hears the end" : "?";
  if (person.left) return person.status == Status::released ? "gone" : "?";
  if (person.status == Status::released) return is_written_anew ? "told again" : "noted";
  if (person.arrived) return person.is_available() ? "here" : "?";
  if (person.answer == Answer::no) return person.status == Status::free ? "given back" : "?";
  return person.answer == Answer::coming && person.is_available() ? "considered" : "?";
}

TEST(Answers, DoWhatTheManualSays) {
  const auto rows = table();
  ASSERT_EQ(rows.size(), 9U);
  for (const auto& [state, cells] : rows) {
    ASSERT_EQ(cells.size(), kColumns.size()) << state;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      Lived night;
      night.become(state);
      EXPECT_EQ(what_follows(night, kColumns.at(column)), cells[column])
          << state << ", " << to_text(kColumns.at(column));
    }
  }
}

TEST(Answers, OneThatWasSignedBeforeTheArrivalChangesNothing) {
  Lived night;
  night.hears(1, kWho, Answer::coming, 21);
  night.replies(20, kWho, Answer::arrived, 0, kPhone);
  Replied late{seal::random_message_id(night.random),
               PersonId{kWho},
               Answer::no,
               {},
               kThreema,
               "key",
               at(15)};
  night.happens(22, late, "");
  EXPECT_TRUE(night.of(kWho).arrived);
  EXPECT_EQ(night.of(kWho).answer, Answer::coming);
}

TEST(Answers, WhoWasPutInAPostAndSaysNoDoesNotHoldIt) {
  Lived night;
  night.happens(1, Pinned{PersonId{kWho}, PostId{"resus/nurse/response"}, "knows the room"});
  night.settle(1);
  ASSERT_EQ(night.of(kWho).status, Status::assigned);
  night.hears(2, kWho, Answer::no);
  EXPECT_EQ(night.of(kWho).status, Status::free);
}

}  // namespace
}  // namespace tocsin::incident
