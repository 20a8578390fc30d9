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
  Replied signed_at(int minute, Answer answer, const char* device) {
    return {seal::random_message_id(random),
            PersonId{kWho},
            answer,
            at(minute + 40),
            kThreema,
            device,
            at(minute)};
  }
};

constexpr std::array kColumns{Answer::coming, Answer::no, Answer::arrived, Answer::leaving};

std::string seen_of(const Lived& night, std::size_t written) {
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

std::string what_follows(Lived& night, Answer answer) {
  const std::size_t written = night.of(kWho).messages.size();
  night.hears(22, kWho, answer, answer == Answer::coming ? 60 : 0);
  return seen_of(night, written);
}

enum class Order : std::uint8_t { as_said, newer_first };

// From two devices of one person, of which one was out of reach.
std::string what_follows_two(Lived& night, Answer older, Answer newer, Order order) {
  const auto hears = [&](int minute, Answer answer, const char* device) {
    night.happens(25, night.signed_at(minute, answer, device), "");
    night.settle(25);
  };
  if (order == Order::as_said) hears(22, older, "one");
  const std::size_t written = night.of(kWho).messages.size();
  hears(24, newer, "other");
  if (order == Order::newer_first) hears(22, older, "one");
  return seen_of(night, written);
}

// Whether somebody who had left is here or on their way again.
bool is_back(Answer answer) { return answer == Answer::coming || answer == Answer::arrived; }

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

// Each answer with another one that was signed before it, whichever comes first.
TEST(Answers, AreOrderedByWhenTheyWereSaidAndNotByWhenTheyCame) {
  for (const auto& [state, cells] : table())
    for (std::size_t newer = 0; newer < kColumns.size(); ++newer)
      for (const Answer older : kColumns)
        for (const auto order : {Order::as_said, Order::newer_first}) {
          Lived night;
          night.become(state);
          std::string expected = cells[newer];
          // Somebody who had left and said more in between says no, or the other way round.
          if (order == Order::as_said && kColumns.at(newer) == Answer::no) {
            if (state == "left" && is_back(older)) expected = "given back";
            if (state != "ended" && older == Answer::leaving) expected = "gone";
          }
          EXPECT_EQ(what_follows_two(night, older, kColumns.at(newer), order), expected)
              << state << ": " << to_text(older) << ", then " << to_text(kColumns.at(newer))
              << (order == Order::as_said ? "" : ", which comes first");
        }
}

TEST(Answers, OneThatWasSignedBeforeTheArrivalChangesNothing) {
  Lived night;
  night.hears(1, kWho, Answer::coming, 21);
  night.replies(20, kWho, Answer::arrived, 0, kPhone);
  night.happens(22, night.signed_at(15, Answer::no, "key"), "");
  EXPECT_TRUE(night.of(kWho).arrived);
  EXPECT_EQ(night.of(kWho).answer, Answer::coming);
}

// The device was out of reach: the arrival comes half an hour after it was signed.
TEST(Answers, OneThatWasSignedAfterALateArrivalCounts) {
  Lived night;
  night.hears(1, kWho, Answer::coming, 21);
  night.happens(50, night.signed_at(20, Answer::arrived, "key"), "");
  night.happens(51, night.signed_at(30, Answer::no, "other key"), "");
  EXPECT_FALSE(night.of(kWho).arrived);
  EXPECT_EQ(night.of(kWho).answer, Answer::no);
}

// An offer that was on its way while the question was sent, and a no that came after it.
TEST(Answers, AnOfferThatComesLateDoesNotHideWhatWasSaidSince) {
  Night night{written_first()};
  const auto said = [&](int minute, Answer answer) {
    return Replied{seal::random_message_id(night.random),
                   PersonId{kWho},
                   answer,
                   at(minute + 40),
                   kThreema,
                   "key",
                   at(minute)};
  };
  night.happens(10, Issued{seal::random_message_id(night.random), PersonId{kWho},
                           playbook::MessageKind::request, kThreema, PostId{"resus/nurse/response"},
                           1, at(600), "", "near"});
  night.happens(12, said(5, Answer::coming), "");
  night.happens(13, said(11, Answer::no), "");
  EXPECT_EQ(night.of(kWho).answer, Answer::no);
}

// The device's clock is three hours ahead of this machine's, or behind it.
TEST(Answers, AClockThatCannotBeRightOrdersNothingAndKeepsItsPromise) {
  for (const int off : {-180, 180}) {
    Lived night;
    Replied coming = night.signed_at(5 + off, Answer::coming, "key");
    coming.when = at(5 + off + 25);
    night.happens(6, coming, "");
    EXPECT_EQ(night.of(kWho).when, at(31)) << off;
    night.replies(10, kWho, Answer::no, 0, kPhone);
    EXPECT_EQ(night.of(kWho).answer, Answer::no) << off;
    night.happens(12, night.signed_at(11 + off, Answer::last_resort, "key"), "");
    EXPECT_EQ(night.of(kWho).answer, Answer::last_resort) << off;
  }
}

TEST(Answers, WhoWasPutInAPostAndSaysNoDoesNotHoldIt) {
  Lived night;
  night.happens(1, Pinned{PersonId{kWho}, PostId{"resus/nurse/response"}, "knows the room"});
  night.settle(1);
  ASSERT_EQ(night.of(kWho).status, Status::assigned);
  night.hears(2, kWho, Answer::no);
  EXPECT_EQ(night.of(kWho).status, Status::free);
}

// "No" was on its way while they said by telephone that they come after all.
TEST(Answers, AnOldNoAfterTheEndDoesNotHideThatTheyMayComeUnlessTheyHear) {
  Lived night;
  night.become("ended");
  night.happens(23, Replied{seal::random_message_id(night.random),
                            PersonId{kWho},
                            Answer::coming,
                            at(60),
                            kPhone,
                            {},
                            base::Instant{}});
  night.settle(23);
  night.happens(24, night.signed_at(22, Answer::no, "her telephone"));
  night.settle(24);
  const Person& person = night.of(kWho);
  ASSERT_TRUE(person.decision);
  EXPECT_TRUE(night.state.untold.contains(*person.decision));
}

}  // namespace
}  // namespace tocsin::incident
