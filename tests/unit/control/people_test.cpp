#include "control/people.h"

#include "base/fault.h"
#include "base/file.h"
#include "control/driving.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using PeopleTest = Room;

TEST_F(PeopleTest, AreReadBackAsTheyWereWritten) {
  EXPECT_EQ(roster::encode(read_roster(home(), keys().store)), roster::encode(night_.state.roster));
  EXPECT_EQ(roster::encode(read_rota(home(), keys().store)), roster::encode(night_.state.rota));
  write_roster(home(), keys().store, roster::Roster{}, random_, hold_people(home()));
  EXPECT_EQ(read_roster(home(), keys().store).size(), 0u);
  EXPECT_THROW(need_roster(home(), keys().store), base::Fault);
}

TEST_F(PeopleTest, AWrongNumberIsMarkedForTheNextNight) {
  const auto works = [&] {
    return read_roster(home(), keys().store).find(roster::PersonId{"ana"})->contacts.at(0).working;
  };
  const auto note = [&](std::string_view outcome, std::uint64_t contact = 1) {
    const incident::CallEnded ended{1, 0, roster::PersonId{"ana"}, contact, std::string{outcome}};
    note_numbers(home(), keys().store, night_.state, {{ended}, ""}, random_);
  };
  ASSERT_TRUE(works());
  note(incident::kNoAnswer);
  note(incident::kWrongNumber, 99);
  EXPECT_TRUE(works());
  note(incident::kWrongNumber);
  EXPECT_FALSE(works());
  EXPECT_EQ(read_roster(home(), keys().store).revision(), night_.state.roster.revision());
  note(incident::kRightNumber);
  EXPECT_TRUE(works());
}

TEST_F(PeopleTest, WhoeverWantsNoMessagesSomewhereIsNotWrittenToThereTheNextNight) {
  constexpr auto kToday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};
  const auto contacts = [&](const char* id) {
    return read_roster(home(), keys().store).find(roster::PersonId{id})->contacts;
  };
  const incident::ChannelId channel = contacts("ana").at(0).channel;
  night_.happens(
      1, incident::WordsUnread{{}, roster::PersonId{"ana"}, channel, incident::Unread::stop}, "");
  note_stops(home(), keys().store, night_.state, kToday, random_);
  for (const roster::ContactPoint& contact : contacts("ana"))
    EXPECT_EQ(contact.is_usable(), contact.channel != channel);
  for (const roster::ContactPoint& contact : contacts("ben")) EXPECT_TRUE(contact.is_usable());
  note_stops(home(), keys().store, night_.state, kToday + std::chrono::days{1}, random_);
  EXPECT_EQ(contacts("ana").at(0).withdrawn, kToday) << "since when, not when it was last seen";
}

TEST_F(PeopleTest, AnOlderListIsRefused) {
  EXPECT_EQ(read_membership(home(), keys().store).number(), 0u);
  enrol("ana");
  const auto older = home().read_public("membership");
  enrol("ben");
  EXPECT_EQ(read_membership(home(), keys().store).number(), 2u);
  home().write_public("membership", older.value());
  EXPECT_THROW(read_membership(home(), keys().store), base::Fault);
  std::filesystem::remove(path() / "membership");
  EXPECT_THROW(read_membership(home(), keys().store), base::Fault);
  home().write_public("membership", older.value());
  std::filesystem::remove(path() / "membership-seen.sealed");
  EXPECT_THROW(read_membership(home(), keys().store), base::Fault)
      << "without the number nobody could tell";
}

TEST_F(PeopleTest, AnOlderListIsRefusedByWhoeverUsesIt) {
  enrol("ana");
  const auto older = home().read_public("membership");
  const auto session = declare("EX-1");
  enrol("ben");
  home().write_public("membership", older.value());
  EXPECT_THROW(declare("EX-2"), base::Fault);
  EXPECT_THROW(Driving(*session, clock_, {}), base::Fault);
}

TEST_F(PeopleTest, WhatIsGoneIsNotEmpty) {
  for (const char* gone : {"roster.sealed", "rota.sealed"}) {
    const std::string whole = base::read_file(path() / gone, 1'000'000);
    std::filesystem::remove(path() / gone);
    EXPECT_THROW(declaration(home(), keys(), declared("EX-1"), read_roster(home(), keys().store),
                             clock_.now()),
                 base::Fault)
        << gone;
    base::write_file(path() / gone, base::bytes_of(whole), base::Access::owner_only);
  }
}

TEST_F(PeopleTest, InvitationsAreForgottenAMonthAfterTheyExpire) {
  const auto invitation = [&](int days) {
    return roster::PendingInvitation{seal::Identity::generate(random_).signing.verify_key(),
                                     roster::PersonId{"ana"},
                                     clock_.now() + std::chrono::days{days}, false};
  };
  const roster::PendingInvitation open = invitation(1);
  const roster::PendingInvitation late = invitation(-29);
  write_invitations(home(), keys().store, {open, late, invitation(-31)}, clock_.now(), random_);
  EXPECT_EQ(read_invitations(home(), keys().store),
            (std::vector<roster::PendingInvitation>{open, late}));
}

}  // namespace
}  // namespace tocsin::control
