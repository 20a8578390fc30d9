#include "home/device.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::home {
namespace {

class DeviceHomes : public testing::Test {
 protected:
  DeviceHome create() {
    Enrolment enrolment;
    enrolment.organisation_name = "St Elsewhere";
    enrolment.organisation = seal::Identity::generate(random_).public_identity();
    enrolment.enrolment_mailbox = seal::Identity::generate(random_).public_identity();
    enrolment.relay = {"https://relay.example.nhs.uk", {"sha256//x", "sha256//y"}};
    return DeviceHome::create(path_, enrolment, seal::Protection::passphrase, "correct horse",
                              random_, {1, 8});
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "device";
  base::SeededRandom random_{2};
  KnownPassphrase right_{"correct horse"};
  MapOfKeys keyring_;
};

TEST_F(DeviceHomes, OpenAsTheyWereMade) {
  EXPECT_FALSE(DeviceHome::exists(path_));
  DeviceHome made = create();
  Enrolment enrolment = made.enrolment();
  enrolment.person = "ana";
  enrolment.list = 7;
  made.set_enrolment(enrolment);

  const DeviceHome home = DeviceHome::open(path_);
  EXPECT_EQ(home.device(), made.device());
  EXPECT_EQ(home.enrolment().organisation_name, "St Elsewhere");
  EXPECT_EQ(home.enrolment().organisation, enrolment.organisation);
  EXPECT_EQ(home.enrolment().enrolment_mailbox, enrolment.enrolment_mailbox);
  EXPECT_EQ(home.enrolment().relay.url, "https://relay.example.nhs.uk");
  EXPECT_EQ(home.enrolment().relay.pins, enrolment.relay.pins);
  EXPECT_EQ(home.enrolment().person, "ana");
  EXPECT_EQ(home.enrolment().list, 7U);
  EXPECT_EQ(home.unlock(right_, keyring_).public_identity(), home.device());
}

TEST_F(DeviceHomes, AreNeverMadeOverOneAnother) {
  create();
  EXPECT_THROW(create(), base::Fault);
}

TEST_F(DeviceHomes, RefuseAFileThatWasCut) {
  create();
  for (auto size = std::filesystem::file_size(path_ / "enrolment"); size-- > 0;) {
    std::filesystem::resize_file(path_ / "enrolment", size);
    EXPECT_THROW(DeviceHome::open(path_), base::Fault) << size;
  }
}

TEST_F(DeviceHomes, UnlockOnceForAWhile) {
  const DeviceHome home = create();
  home.keep_unlocked(right_, keyring_, std::chrono::hours{1});
  home.unlock(right_, keyring_);
  EXPECT_EQ(right_.asked(), 1);
  EXPECT_TRUE(home.forget(keyring_));
  home.unlock(right_, keyring_);
  EXPECT_EQ(right_.asked(), 2);
}

TEST_F(DeviceHomes, KeepSmallFilesOfTheirOwn) {
  const DeviceHome home = create();
  EXPECT_FALSE(home.read_own("inbox"));
  home.write_own("inbox", base::bytes_of("17"));
  EXPECT_EQ(base::text_of(home.read_own("inbox").value()), "17");
}

}  // namespace
}  // namespace tocsin::home
