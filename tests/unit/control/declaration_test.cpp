#include "control/declaration.h"

#include "base/fault.h"
#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using DeclarationTest = Room;

TEST_F(DeclarationTest, BeginsWithWhatTheHomeHas) {
  enrol("ana");
  const auto events = declaration(home(), keys(), declared("EX-1"),
                                  need_roster(home(), keys().store), clock_.now());
  ASSERT_EQ(events.size(), 4u) << "no night is remembered, so there is no history";
  const auto& first = std::get<incident::Declared>(events[0]);
  EXPECT_EQ(first.organisation, "St Bride's");
  EXPECT_EQ(first.caller, "Dr A. Okafor");
  EXPECT_EQ(first.organisation_keys, home().organisation());
  EXPECT_TRUE(std::holds_alternative<incident::RosterTaken>(events[1]));
  EXPECT_TRUE(std::holds_alternative<incident::MembershipTaken>(events[2]));
  EXPECT_TRUE(std::holds_alternative<incident::ChannelsTaken>(events[3]));
  EXPECT_TRUE(record::incidents(home(), keys()).empty()) << "nothing is written";
}

// What the forecast remembers must stop nobody.
TEST_F(DeclarationTest, AHistoryThatCannotBeReadIsNotedAndLeftOut) {
  base::write_file(path() / "history.sealed", {}, base::Access::owner_only);
  std::vector<std::string> notes;
  const auto events =
      declaration(home(), keys(), declared("EX-1"), need_roster(home(), keys().store), clock_.now(),
                  [&](const std::string& words) { notes.push_back(words); });
  EXPECT_FALSE(events.empty());
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes.front().find("without earlier nights"), std::string::npos);
  EXPECT_THROW(declaration(home(), keys(), declared("EX-1"), need_roster(home(), keys().store),
                           clock_.now()),
               base::Fault);
}

TEST_F(DeclarationTest, MakesKeysAndAJournalAndListsTheIncident) {
  const auto session = declare("EX-1");
  const incident::State& state = session->state();
  EXPECT_EQ(state.declared_at, incident::kDeclared);
  EXPECT_EQ(state.roster.size(), night_.state.roster.size());
  const auto key = home().incident_key(state.declared.incident, keys());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->public_identity(), state.declared.identity);
  const auto known = record::incidents(home(), keys());
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].label, "EX-1");
  EXPECT_FALSE(known[0].closed);
}

TEST_F(DeclarationTest, LabelsAreNotGivenTwice) {
  const auto label = [&](seal::Realness realness) {
    return free_label(realness, clock_.now(), record::incidents(home(), keys()));
  };
  const std::string first = label(seal::Realness::exercise);
  EXPECT_TRUE(first.starts_with("EX-2026112"));
  declare(first);
  EXPECT_EQ(label(seal::Realness::exercise), first + "-2");
  EXPECT_EQ(label(seal::Realness::real), "MI" + first.substr(2));
}

TEST_F(DeclarationTest, ItsFirstPassLeavesNoTrace) {
  const FirstPass first(declaration(home(), keys(), declared("EX-1"),
                                    need_roster(home(), keys().store), clock_.now()),
                        keys(), clock_, random_);
  const auto& people = first.state().people;
  EXPECT_TRUE(std::any_of(people.begin(), people.end(),
                          [](const incident::Person& person) { return person.was_asked(); }));
  EXPECT_TRUE(record::incidents(home(), keys()).empty());
  EXPECT_TRUE(home().incidents().empty());
}

}  // namespace
}  // namespace tocsin::control
