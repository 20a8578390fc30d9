#include "home/home.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <thread>
#include <vector>

#include "base/fault.h"
#include "base/file.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::home {
namespace {

namespace fs = std::filesystem;
using base::Exit;
using base::Fault;

constexpr std::string_view kPassphrase = "correct horse battery";

// The exit code of the Fault that `act` throws, or `done`.
Exit fault_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Fault& fault) {
    EXPECT_FALSE(fault.hint().empty()) << fault.what();
    return fault.exit();
  }
  return Exit::done;
}

class Homes : public testing::Test {
 protected:
  Home create(seal::Protection protection) {
    Founding founding;
    founding.organisation = "St Elsewhere";
    founding.coordinator = "Dr A. Okafor";
    founding.tier = seal::Role::tactical;
    founding.site = "RRV03";
    founding.relay = Relay{"https://relay.example.nhs.uk", {}};
    founding.protection = protection;
    founding.stretch = {1, 8};
    return Home::create(path_, founding, kPassphrase, random_, clock_);
  }
  static void spoil(const fs::path& file) {
    std::string content = base::read_file(file, 1 << 20);
    content.back() = static_cast<char>(content.back() ^ 1);
    base::write_file(file, base::bytes_of(content), base::Access::owner_only);
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "home";
  base::SeededRandom random_{1};
  base::VirtualClock clock_{base::Instant{std::chrono::seconds{1'763'850'000}}};
  KnownPassphrase right_{std::string{kPassphrase}};
  KnownPassphrase wrong_{"wrong horse battery"};
  MapOfKeys keyring_;
};

TEST_F(Homes, OpenAsTheyWereMade) {
  EXPECT_FALSE(Home::exists(path_));
  const Home made = create(seal::Protection::passphrase);
  EXPECT_TRUE(Home::exists(path_));
  const Home home = Home::open(path_);
  EXPECT_EQ(home.settings().organisation, "St Elsewhere");
  EXPECT_EQ(home.settings().site, "RRV03");
  ASSERT_TRUE(home.settings().relay);
  EXPECT_EQ(home.settings().relay->url, "https://relay.example.nhs.uk");
  EXPECT_EQ(home.organisation(), made.organisation());
  EXPECT_EQ(home.enrolment(), made.enrolment());
  EXPECT_EQ(home.certificate().name, "Dr A. Okafor");
  EXPECT_EQ(home.certificate().role, seal::Role::tactical);
  EXPECT_TRUE(seal::is_valid(home.certificate(), home.organisation().verify, clock_.now()));

  const Unlocked unlocked = home.unlock(right_, keyring_);
  EXPECT_EQ(unlocked.coordinator.public_identity(), home.certificate().subject);
  EXPECT_EQ(unlocked.enrolment.public_identity(), home.enrolment());
  EXPECT_EQ(home.unlock_organisation(right_).public_identity(), home.organisation());
}

TEST_F(Homes, BelongToTheirOwnerAlone) {
  create(seal::Protection::none);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_all);
  for (const auto& entry : fs::recursive_directory_iterator{path_})
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << entry.path();
}

TEST_F(Homes, AreRefusedWhenOthersCanReadThem) {
  create(seal::Protection::none);
  fs::permissions(path_, fs::perms{0750});
  EXPECT_EQ(fault_of([&] { Home::open(path_); }), Exit::untrusted);
  fs::permissions(path_, fs::perms{0700});
  const Home home = Home::open(path_);
  fs::permissions(path_ / "coordinator.key", fs::perms{0640});
  EXPECT_EQ(fault_of([&] { home.unlock(right_, keyring_); }), Exit::untrusted);
}

TEST_F(Homes, AreNeverMadeOverOneAnother) {
  const Home first = create(seal::Protection::none);
  EXPECT_EQ(fault_of([&] { create(seal::Protection::none); }), Exit::fault);
  EXPECT_EQ(Home::open(path_).organisation(), first.organisation());
  // When tocsin.yaml is lost, the organisation's key must not be overwritten.
  fs::remove(path_ / "tocsin.yaml");
  EXPECT_EQ(fault_of([&] { create(seal::Protection::none); }), Exit::fault);
}

TEST_F(Homes, ThatAreNotThereSaySo) {
  EXPECT_EQ(fault_of([&] { Home::open(path_); }), Exit::fault);
}

TEST_F(Homes, ThatCannotBeLookedAtAreNotMissing) {
  fs::create_directories(path_);
  fs::permissions(path_, fs::perms::owner_all);
  fs::create_symlink("tocsin.yaml", path_ / "tocsin.yaml");
  EXPECT_TRUE(Home::exists(path_));
  try {
    Home::open(path_);
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_NE(std::string{fault.what()}.find("cannot read"), std::string::npos) << fault.what();
  }
}

TEST_F(Homes, OpenForTheRightPassphraseAlone) {
  const Home home = create(seal::Protection::passphrase);
  EXPECT_EQ(fault_of([&] { home.unlock(wrong_, keyring_); }), Exit::untrusted);
  EXPECT_EQ(fault_of([&] { home.unlock_organisation(wrong_); }), Exit::untrusted);
  EXPECT_EQ(fault_of([&] { home.unlock(right_, keyring_); }), Exit::done);
}

TEST_F(Homes, WithoutAPassphraseAskForNone) {
  const Home home = create(seal::Protection::none);
  EXPECT_EQ(home.protection(), seal::Protection::none);
  home.unlock(wrong_, keyring_);
  home.unlock_organisation(wrong_);
  EXPECT_EQ(wrong_.asked(), 0);
}

TEST_F(Homes, SayWhichFileWasChanged) {
  create(seal::Protection::none);
  for (const char* file : {"coordinator.key", "coordinator.cert", "store.key", "enrolment.key"}) {
    const std::string before = base::read_file(path_ / file, 1 << 20);
    // A wrap ends with the organisation's part, after the coordinator's.
    std::string content = before;
    content[60] = static_cast<char>(content[60] ^ 1);
    base::write_file(path_ / file, base::bytes_of(content), base::Access::owner_only);
    try {
      Home::open(path_).unlock(right_, keyring_);
      ADD_FAILURE() << file << " was changed, and nobody noticed";
    } catch (const Fault& fault) {
      EXPECT_EQ(fault.exit(), Exit::untrusted);
      EXPECT_NE(std::string{fault.what()}.find(file), std::string::npos) << fault.what();
    }
    base::write_file(path_ / file, base::bytes_of(before), base::Access::owner_only);
  }
  EXPECT_EQ(fault_of([&] { Home::open(path_).unlock(right_, keyring_); }), Exit::done);
}

TEST_F(Homes, KeepTheKeyAndNotThePassphraseInTheKeyring) {
  const Home home = create(seal::Protection::passphrase);
  home.keep_unlocked(right_, keyring_, std::chrono::hours{12});
  EXPECT_EQ(keyring_.last_life, std::chrono::hours{12});
  ASSERT_EQ(keyring_.keys.size(), 1u);
  EXPECT_EQ(keyring_.keys.begin()->second.size(), 64u);
  EXPECT_EQ(base::text_of(keyring_.keys.begin()->second).find(kPassphrase), std::string::npos);

  EXPECT_EQ(fault_of([&] { home.unlock(wrong_, keyring_); }), Exit::done);
  EXPECT_EQ(wrong_.asked(), 0) << "the keyring has it";
  // A named passphrase file is used even if the keyring has the key.
  KnownPassphrase named{"wrong horse battery", KnownPassphrase::Named::yes};
  EXPECT_EQ(fault_of([&] { home.unlock(named, keyring_); }), Exit::untrusted);
  // The organisation's key is asked for every time.
  EXPECT_EQ(fault_of([&] { home.unlock_organisation(wrong_); }), Exit::untrusted);

  EXPECT_TRUE(home.forget(keyring_));
  EXPECT_FALSE(home.forget(keyring_));
  EXPECT_EQ(fault_of([&] { home.unlock(wrong_, keyring_); }), Exit::untrusted);
}

TEST_F(Homes, TakeNoForeignKeyFromTheKeyring) {
  const Home home = create(seal::Protection::passphrase);
  home.keep_unlocked(right_, keyring_, std::chrono::hours{1});
  base::Bytes& kept = keyring_.keys.begin()->second;
  for (const base::Bytes& other : {base::Bytes{}, base::Bytes(64), base::Bytes(63, 1)}) {
    kept = other;
    EXPECT_EQ(fault_of([&] { home.unlock(right_, keyring_); }), Exit::done);
  }
  EXPECT_EQ(right_.asked(), 1 + 3);
}

TEST_F(Homes, WorkWhileTheOrganisationsKeyIsElsewhere) {
  const Home home = create(seal::Protection::none);
  fs::rename(path_ / "organisation.key", folder_.path() / "in-the-safe.key");
  EXPECT_EQ(fault_of([&] { Home::open(path_).unlock(right_, keyring_); }), Exit::done);
  EXPECT_EQ(fault_of([&] { home.unlock_organisation(right_); }), Exit::untrusted);

  Settings settings = home.settings();
  settings.keys.organisation = folder_.path() / "in-the-safe.key";
  base::write_file(path_ / "tocsin.yaml", base::bytes_of(settings_text(settings)),
                   base::Access::owner_only);
  EXPECT_EQ(Home::open(path_).unlock_organisation(right_).public_identity(), home.organisation());
}

TEST_F(Homes, RefuseAnotherOrganisationsKey) {
  const Home home = create(seal::Protection::none);
  path_ = folder_.path() / "other";
  create(seal::Protection::none);
  fs::copy_file(path_ / "organisation.key", home.path() / "organisation.key",
                fs::copy_options::overwrite_existing);
  fs::permissions(home.path() / "organisation.key", fs::perms{0600});
  EXPECT_EQ(fault_of([&] { home.unlock_organisation(right_); }), Exit::untrusted);
  fs::copy_file(path_ / "coordinator.cert", home.path() / "coordinator.cert",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(fault_of([&] { Home::open(home.path()); }), Exit::untrusted);
}

TEST_F(Homes, SealWholeFiles) {
  const Home home = create(seal::Protection::none);
  const Unlocked unlocked = home.unlock(right_, keyring_);
  EXPECT_FALSE(home.read_sealed(unlocked.store, "roster"));
  home.write_sealed(unlocked.store, "roster", base::bytes_of("Ana Silva"), random_);
  EXPECT_EQ(base::text_of(home.read_sealed(unlocked.store, "roster").value()), "Ana Silva");
  EXPECT_EQ(base::read_file(path_ / "roster.sealed", 1000).find("Ana"), std::string::npos);
  fs::copy_file(path_ / "roster.sealed", path_ / "rota.sealed");
  EXPECT_EQ(fault_of([&] { home.read_sealed(unlocked.store, "rota"); }), Exit::untrusted);
  spoil(path_ / "roster.sealed");
  EXPECT_EQ(fault_of([&] { home.read_sealed(unlocked.store, "roster"); }), Exit::untrusted);
  fs::remove(path_ / "roster.sealed");
  EXPECT_EQ(fault_of([&] { home.read_sealed(unlocked.store, "roster"); }), Exit::untrusted)
      << "a file that is gone is not an empty one";
  fs::remove(path_ / "roster.kept");
  EXPECT_FALSE(home.read_sealed(unlocked.store, "roster")) << "somebody begins without it";

  EXPECT_FALSE(home.read_public("membership"));
  home.write_public("membership", base::bytes_of("signed"));
  EXPECT_EQ(base::text_of(home.read_public("membership").value()), "signed");
}

TEST_F(Homes, LetOneAtATimeChangeAFile) {
  const Home home = create(seal::Protection::none);
  const auto count = [&] {
    const auto bytes = home.read_public("count");
    return bytes ? bytes->front() : std::uint8_t{0};
  };
  std::vector<std::thread> others;
  for (int i = 0; i < 4; ++i)
    others.emplace_back([&] {
      for (int times = 0; times < 10; ++times) {
        const base::FileLock held = home.hold("count");
        home.write_public("count", base::Bytes{static_cast<std::uint8_t>(count() + 1)});
      }
    });
  for (std::thread& other : others) other.join();
  EXPECT_EQ(count(), 40);
}

TEST_F(Homes, DestroyAnIncidentsKeyForGood) {
  const Home home = create(seal::Protection::none);
  const Unlocked unlocked = home.unlock(right_, keyring_);
  const seal::MessageId incident = seal::random_message_id(random_);
  const seal::MessageId other = seal::random_message_id(random_);
  EXPECT_FALSE(home.incident_key(incident, unlocked));
  const auto make = [&](const seal::MessageId& id) {
    Making making = home.begin_incident(id);
    seal::Identity key = home.create_incident_key(making, id, random_);
    base::write_file(Home::journal_in(making.folder(), id), {}, base::Access::owner_only);
    making.finish();
    return key;
  };
  const seal::Identity made = make(incident);
  make(other);
  EXPECT_EQ(home.incident_key(incident, unlocked)->public_identity(), made.public_identity());

  // The key file of one incident does not open as that of another.
  const auto key_of = [&](const seal::MessageId& id) {
    return path_ / "incidents" / (seal::to_text(id) + ".key");
  };
  const std::string kept = base::read_file(key_of(incident), 1000);
  base::write_file(key_of(other), base::bytes_of(kept), base::Access::owner_only);
  EXPECT_EQ(fault_of([&] { home.incident_key(other, unlocked); }), Exit::untrusted);

  EXPECT_TRUE(home.destroy_incident_key(incident));
  EXPECT_FALSE(home.destroy_incident_key(incident));
  EXPECT_FALSE(home.incident_key(incident, unlocked));
}

TEST_F(Homes, MakeTheKeyForPushServicesOnceAndTellWhenItWasChanged) {
  const Home home = create(seal::Protection::passphrase);
  const Unlocked keys = home.unlock(right_, keyring_);
  EXPECT_FALSE(fs::exists(path_ / "push.key"));
  const seal::P256Point point = home.push_key(keys, random_).point();
  EXPECT_EQ(Home::open(path_).push_key(keys, random_).point(), point);
  EXPECT_EQ(fs::status(path_ / "push.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  fs::copy_file(path_ / "store.key", path_ / "push.key", fs::copy_options::overwrite_existing);
  EXPECT_EQ(fault_of([&] { home.push_key(keys, random_); }), Exit::untrusted);
}

TEST_F(Homes, MakeAKeyForEachHookOnce) {
  const Home home = create(seal::Protection::none);
  const Unlocked keys = home.unlock(right_, keyring_);
  const seal::PublicIdentity sms = home.hook_identity("sms", random_);
  EXPECT_EQ(Home::open(path_).hook_identity("sms", random_), sms);
  EXPECT_EQ(home.hook_key("sms", keys).public_identity(), sms);
  EXPECT_EQ(fault_of([&] { home.hook_key("voice", keys); }), Exit::invalid);  // nobody made it
  EXPECT_NE(home.hook_identity("voice", random_), sms);

  EXPECT_EQ(fs::status(path_ / "hook-sms.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  // One is not another, and a public half is that of its secret.
  fs::copy_file(path_ / "hook-voice.key", path_ / "hook-sms.key",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(fault_of([&] { home.hook_key("sms", keys); }), Exit::untrusted);
  std::string file = base::read_file(path_ / "hook-voice.key", 4'096);
  file[40] ^= 1;
  base::write_file(path_ / "hook-voice.key", base::bytes_of(file), base::Access::owner_only);
  EXPECT_EQ(fault_of([&] { home.hook_key("voice", keys); }), Exit::untrusted);
  base::write_file(path_ / "hook-voice.key", base::bytes_of("short"), base::Access::owner_only);
  EXPECT_EQ(fault_of([&] { home.hook_identity("voice", random_); }), Exit::untrusted);
}

TEST_F(Homes, ListIncidentsByTheirJournals) {
  const Home home = create(seal::Protection::none);
  EXPECT_TRUE(home.incidents().empty());
  std::array<seal::MessageId, 3> ids;
  for (auto& id : ids) {
    id = seal::random_message_id(random_);
    base::write_file(home.journal_path(id), {}, base::Access::owner_only);
  }
  base::write_file(path_ / "incidents" / "notes.journal", {}, base::Access::owner_only);
  base::write_file(path_ / "incidents" / (seal::to_text(ids[0]) + ".journal-wal"), {},
                   base::Access::owner_only);
  std::sort(ids.begin(), ids.end());
  const auto found = home.incidents();
  EXPECT_TRUE(std::equal(found.begin(), found.end(), ids.begin(), ids.end()));
}

TEST_F(Homes, TheOrganisationsKeyCanOpenWhatTheCoordinatorLost) {
  const Home home = create(seal::Protection::none);
  const Unlocked unlocked = home.unlock(right_, keyring_);
  const seal::Identity organisation = home.unlock_organisation(right_);
  const std::string file = base::read_file(path_ / "store.key", 1000);
  const auto store = seal::unwrap(base::bytes_of(file), organisation.opening, "store");
  ASSERT_TRUE(store);
  EXPECT_TRUE(seal::equal_in_constant_time(*store, unlocked.store.view()));
}

}  // namespace
}  // namespace tocsin::home
