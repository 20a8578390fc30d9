#include "control/session.h"

#include "base/fault.h"
#include "base/file.h"
#include "record/verify.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

class SessionTest : public Room {
 protected:
  void stand_down(const char* label) {
    Session session = open({label, Access::act});
    session.carry_out(
        [](const incident::State& state) { return incident::stand_down(state, "all done"); });
    session.close_if_over();
  }
};

base::Exit exit_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const base::Fault& fault) {
    return fault.exit();
  }
  return base::Exit::done;
}

incident::Order note(const incident::State&) { return incident::decide("open Theatre 5", "full"); }

TEST_F(SessionTest, OpensTheOnlyIncidentThatIsOpen) {
  EXPECT_EQ(exit_of([&] { open(); }), base::Exit::usage);
  declare("EX-1");
  EXPECT_EQ(open().state().declared.label, "EX-1");
  EXPECT_EQ(open({"ex-1"}).state().declared.label, "EX-1") << "labels are typed in any case";
  declare("EX-2");
  EXPECT_EQ(exit_of([&] { open(); }), base::Exit::usage) << "two are open";
  EXPECT_EQ(open({"EX-2"}).state().declared.label, "EX-2");
  EXPECT_EQ(exit_of([&] { open({"EX-3"}); }), base::Exit::usage);
}

TEST_F(SessionTest, LooksBackAtWhatWasKnownThen) {
  auto session = declare("EX-1");
  clock_.set(incident::at(10));
  session->carry_out(note);
  Wanted wanted;
  wanted.at = [](base::Instant declared) { return declared + base::Minutes{5}; };
  const Session then = open(wanted);
  EXPECT_EQ(then.at(), incident::at(5));
  EXPECT_EQ(then.state().decisions + 1, open().state().decisions);
  wanted.at = [](base::Instant declared) { return declared - base::Minutes{5}; };
  EXPECT_EQ(exit_of([&] { open(wanted); }), base::Exit::usage) << "not declared yet";
}

TEST_F(SessionTest, LooksBackPastATimeWhenTheClockWasAhead) {
  auto session = declare("EX-1");
  clock_.set(incident::at(10'000));
  session->carry_out(note);
  clock_.set(incident::at(10));
  session->carry_out(note);
  const auto decisions = [&](int minutes) {
    Wanted wanted;
    wanted.at = [=](base::Instant declared) { return declared + base::Minutes{minutes}; };
    return open(wanted).state().decisions;
  };
  EXPECT_EQ(decisions(5) + 2, session->state().decisions);
  EXPECT_EQ(decisions(15), session->state().decisions) << "the one stamped ahead came before";
}

TEST_F(SessionTest, RecordsNothingAtATimeWhenItsCertificateIsNotInForce) {
  auto session = declare("EX-1");
  const std::uint64_t size = session->journal().size();
  for (const base::Instant wrong :
       {incident::at(-60), incident::kDeclared + std::chrono::days{365 * 9}}) {
    clock_.set(wrong);
    EXPECT_EQ(exit_of([&] { session->carry_out(note); }), base::Exit::fault);
    EXPECT_EQ(session->journal().size(), size);
  }
  clock_.set(incident::at(1));
  session->refold();
  session->carry_out(note);
  EXPECT_FALSE(record::verify(
                   record::find_incident(home(), keys(), ""), home().organisation().verify,
                   journal::open_store_key(home().journal_path(session->state().declared.incident),
                                           keys().coordinator.opening),
                   std::nullopt)
                   .flaw);
}

TEST_F(SessionTest, CarriesAnOrderOutOnTheLatestState) {
  auto first = declare("EX-1");
  const std::uint64_t before = first->state().decisions;
  Session second = open({"", Access::act});
  second.carry_out(note);
  int asked = 0;
  first->carry_out([&](const incident::State& state) {
    ++asked;
    return state.decisions == before ? note(state) : incident::Order{};
  });
  EXPECT_EQ(asked, 2) << "the other came first, so it is asked again";
  EXPECT_EQ(open().state().decisions, before + 1);
}

TEST_F(SessionTest, LeavesOutAJournalThatIsLostAndSaysSo) {
  declare("EX-1");
  const auto lost = declare("EX-2")->state().declared.incident;
  std::filesystem::remove(home().journal_path(lost));
  std::vector<std::string> notes;
  Wanted wanted;
  wanted.note = [&](const std::string& words) { notes.push_back(words); };
  EXPECT_EQ(open(wanted).state().declared.label, "EX-1");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes.front().find("left out"), std::string::npos) << notes.front();
}

TEST_F(SessionTest, AForeignFileStopsNoCommand) {
  const auto put = [&](std::string_view content) {
    base::write_file(home().journal_path(seal::random_message_id(random_)), base::bytes_of(content),
                     base::Access::owner_only);
  };
  put("");
  put("not a database, but long enough to be mistaken for one");
  EXPECT_EQ(exit_of([&] { open(); }), base::Exit::usage) << "none is open, as before";
  declare("EX-1");
  std::vector<std::string> notes;
  Wanted wanted;
  wanted.note = [&](const std::string& words) { notes.push_back(words); };
  EXPECT_EQ(open(wanted).state().declared.label, "EX-1");
  EXPECT_EQ(notes.size(), 2u);
  stand_down("EX-1");
  EXPECT_EQ(open().state().declared.label, "EX-1") << "to look, the last one will do";
  declare("EX-2")->carry_out(note);
}

TEST_F(SessionTest, ACopyOfAJournalTakesNothing) {
  auto session = declare("EX-1");
  const auto id = session->state().declared.incident;
  const auto copy = seal::random_message_id(random_);
  std::filesystem::copy_file(home().journal_path(id), home().journal_path(copy));
  EXPECT_EQ(open().state().declared.label, "EX-1") << "only one is open";
  open({"EX-1", Access::act}).carry_out(note);
  session->ledger().catch_up();
  EXPECT_EQ(session->state().decisions, 1U);
  EXPECT_EQ(exit_of([&] { open({seal::to_text(copy), Access::act}); }), base::Exit::untrusted);
}

TEST_F(SessionTest, RingsForTheLastOneWhenNoneIsOpen) {
  EXPECT_EQ(exit_of([&] { open({"", Access::ring}); }), base::Exit::usage) << "there is none";
  declare("EX-1");
  stand_down("EX-1");
  EXPECT_EQ(open({"", Access::ring}).state().declared.label, "EX-1");
  EXPECT_EQ(exit_of([&] { open({"", Access::act}); }), base::Exit::usage);
  declare("EX-2");
  EXPECT_EQ(open({"", Access::ring}).state().declared.label, "EX-2");
}

TEST_F(SessionTest, WhatHasToBeToldAfterTheEndIsOpenAgain) {
  declare("EX-1");
  stand_down("EX-1");
  {
    Session session = open({"EX-1", Access::act});
    const auto who = incident::PersonIndex{0};
    session.carry_out([&](const incident::State& state) {
      return incident::reply_for(state, who, {incident::Answer::coming, std::nullopt},
                                 incident::kHand, clock_.now(), random_);
    });
    EXPECT_FALSE(session.is_over());
  }
  EXPECT_EQ(open({"", Access::act}).state().declared.label, "EX-1") << "a driver takes it up";
}

TEST_F(SessionTest, NeverTurnsToAClosedIncidentForOneThatCannotBeRead) {
  declare("EX-1");
  stand_down("EX-1");
  const auto cut = declare("EX-2")->state().declared.incident;
  std::filesystem::resize_file(home().journal_path(cut), 0);
  EXPECT_EQ(exit_of([&] { open(); }), base::Exit::untrusted);
  EXPECT_EQ(exit_of([&] { open({"", Access::act}); }), base::Exit::untrusted);
  EXPECT_EQ(exit_of([&] { open({"EX-2"}); }), base::Exit::untrusted);
  EXPECT_EQ(open({"EX-1"}).state().declared.label, "EX-1");
  std::filesystem::remove(path() / "incidents.sealed");  // and the list that knew of it
  EXPECT_EQ(exit_of([&] { open(); }), base::Exit::untrusted);
  declare("EX-3")->carry_out(note);
  EXPECT_EQ(open().state().declared.label, "EX-3");
}

TEST_F(SessionTest, NeverTurnsToAnExerciseForARealOneThatCannotBeRead) {
  declare("EX-1");
  const auto real = declare("MI-1")->state().declared.incident;
  std::filesystem::resize_file(home().journal_path(real), 0);
  EXPECT_EQ(exit_of([&] { open({"", Access::act}); }), base::Exit::untrusted);
  EXPECT_EQ(open().state().declared.label, "EX-1") << "whoever looks may see it";
  EXPECT_EQ(open({"EX-1", Access::act}).state().declared.label, "EX-1");
  declare("MI-2");
  EXPECT_EQ(exit_of([&] { open({"", Access::act}); }), base::Exit::usage) << "two are open";
}

// Somebody has yet to hear that the first is over.
TEST_F(SessionTest, AnIncidentThatHasEndedStandsBackForOneThatGoesOn) {
  declare("EX-1");
  stand_down("EX-1");
  {
    Session session = open({"EX-1", Access::act});
    session.carry_out([&](const incident::State& state) {
      return incident::reply_for(state, incident::PersonIndex{0},
                                 {incident::Answer::coming, std::nullopt}, incident::kHand,
                                 clock_.now(), random_);
    });
  }
  declare("MI-1");
  EXPECT_EQ(open({"", Access::act}).state().declared.label, "MI-1");
  EXPECT_EQ(open({"EX-1", Access::act}).state().declared.label, "EX-1");
}

TEST_F(SessionTest, MakesTheListOfIncidentsAgain) {
  for (const char* label : {"EX-1", "EX-2"}) {
    declare(label);
    stand_down(label);
  }
  declare("EX-3");
  std::filesystem::remove(path() / "incidents.sealed");
  EXPECT_EQ(open({"", Access::act}).state().declared.label, "EX-3");
}

TEST_F(SessionTest, ClosesAnIncidentThatIsOver) {
  auto session = declare("EX-1");
  EXPECT_FALSE(session->is_over());
  session->carry_out(
      [](const incident::State& state) { return incident::stand_down(state, "all done"); });
  ASSERT_TRUE(session->is_over()) << "nobody was called, so nobody is to be told";
  session->close_if_over();
  EXPECT_EQ(exit_of([&] { open({"", Access::act}); }), base::Exit::usage);
  EXPECT_EQ(open().state().declared.label, "EX-1") << "to look, the last one will do";
}

}  // namespace
}  // namespace tocsin::control
