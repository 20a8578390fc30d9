#include "drill/run/room.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "control/session.h"
#include "home/passphrase.h"
#include "unit/drill/small.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::drill {
namespace {

Settings live_in(const std::filesystem::path& folder) {
  Settings settings = small_settings(6);
  settings.path = Path::live;
  settings.folder = folder;
  return settings;
}

TEST(Room, LiveAndInMemoryDeclareTheSameIncident) {
  const home::TemporaryFolder folder;
  OpenedRoom live{live_in(folder.path())};
  OpenedRoom memory{small_settings(6)};
  for (const OpenedRoom* opened : {&live, &memory}) {
    const incident::State& state = opened->state();
    EXPECT_EQ(state.declared.label, "EX-40");
    EXPECT_EQ(state.declared.realness, seal::Realness::exercise);
    EXPECT_EQ(state.playbook.title, "Small incident");
    EXPECT_EQ(state.declared.organisation, "St Bride's Hospital");
    EXPECT_EQ(state.declared.caller, opened->room->caller().name);
    EXPECT_EQ(state.declared_at, opened->settings.at);
    EXPECT_EQ(state.roster.responders(), opened->staff.roster.responders());
    EXPECT_EQ(state.rota.planned(), opened->staff.rota.planned());
    EXPECT_TRUE(state.messages.empty());
  }
  EXPECT_EQ(live.state().declared.incident, memory.state().declared.incident);
  EXPECT_EQ(live.staff.roster, memory.staff.roster);
}

TEST(Room, ALiveOneStrikesOffALostTelephoneWhileItIsDriven) {
  const home::TemporaryFolder folder;
  OpenedRoom live{live_in(folder.path())};
  const auto devices = [&](incident::PersonIndex p) {
    return live.state().people[p].devices.size();
  };
  EXPECT_EQ(devices(0), 2u);
  EXPECT_EQ(devices(1), 1u);
  while (live.room->turn()) {
  }
  EXPECT_EQ(devices(0), 1u);
  EXPECT_EQ(devices(1), 1u);
}

TEST(Room, ALiveOneIsAnIncidentOfAHomeThatThisProcessDrives) {
  const home::TemporaryFolder folder;
  OpenedRoom live{live_in(folder.path())};
  home::Home home = home::Home::open(folder.path());
  home::KnownPassphrase none("");
  home::MapOfKeys keyring;
  home::Unlocked unlocked = home.unlock(none, keyring);
  control::Wanted wanted;
  wanted.access = control::Access::act;
  control::Session session{std::move(home), std::move(unlocked), wanted, live.clock};
  EXPECT_EQ(session.state().declared.label, "EX-40");
  EXPECT_TRUE(session.is_driven());
  live.room.reset();
  EXPECT_FALSE(session.is_driven());
}

TEST(Room, AHomeThatIsThereIsNeverMadeAgain) {
  const home::TemporaryFolder folder;
  { const OpenedRoom first{live_in(folder.path())}; }
  EXPECT_THROW(OpenedRoom{live_in(folder.path())}, base::Fault);
}

TEST(Room, ASeedMakesTheSameJournalInMemory) {
  const auto head = [](std::uint64_t seed) {
    Settings settings = small_settings(6);
    settings.seed = seed;
    OpenedRoom opened{settings};
    while (opened.room->turn()) {
    }
    EXPECT_FALSE(opened.state().messages.empty());
    return base::to_hex(opened.room->ledger().journal().head());
  };
  EXPECT_EQ(head(1), head(1));
  EXPECT_NE(head(1), head(2));
}

}  // namespace
}  // namespace tocsin::drill
