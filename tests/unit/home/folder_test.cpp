#include "home/folder.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "base/file.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::home {
namespace {

namespace fs = std::filesystem;

template <class Act>
std::string refusal_of(Act act) {
  try {
    act();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted) << fault.what();
    EXPECT_NE(fault.hint(), "");
    return fault.what();
  }
  return "none";
}

class FolderTest : public testing::Test {
 protected:
  void write(const seal::Identity& identity, seal::Protection protection) {
    write_key(file_, "the key of a test", identity, protection, "correct horse", random_, {1, 8});
  }
  seal::Identity read(PassphraseSource& passphrases) {
    return read_key(file_, "the key of a test", passphrases);
  }

  base::SeededRandom random_{4};
  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "test.key";
  KnownPassphrase right_{"correct horse"};
  KnownPassphrase wrong_{"wrong horse"};
  MapOfKeys keyring_;
};

TEST_F(FolderTest, IsPrivateWithAnyParents) {
  const fs::path deep = folder_.path() / "a" / "b";
  make_private(deep);
  EXPECT_EQ(fs::status(deep).permissions(), fs::perms::owner_all);
  fs::permissions(deep, fs::perms{0755});
  make_private(deep);
  EXPECT_EQ(fs::status(deep).permissions(), fs::perms::owner_all) << "one that was there, too";
  base::write_file(file_, {}, base::Access::owner_only);
  EXPECT_THROW(make_private(file_ / "below"), base::Fault);
}

TEST_F(FolderTest, WhatTheGroupOrOthersCanReachIsRefusedInAnyWay) {
  base::write_file(file_, {}, base::Access::owner_only);
  for (unsigned mode = 0; mode <= 0777; ++mode) {
    fs::permissions(file_, fs::perms{mode});
    EXPECT_EQ(refusal_of([&] { check_private(file_); }) == "none", (mode & 077) == 0) << mode;
  }
  EXPECT_NO_THROW(check_private(folder_.path() / "none"));
}

TEST_F(FolderTest, TellsWhatIsNotThereFromWhatCannotBeRead) {
  const fs::path loop = folder_.path() / "loop";
  fs::create_symlink("loop", loop);
  EXPECT_TRUE(is_there(loop));
  EXPECT_THROW(read_if_there(loop), base::Fault);
  EXPECT_FALSE(is_there(file_));
  EXPECT_EQ(read_if_there(file_), std::nullopt);
  base::write_file(file_, {}, base::Access::owner_only);
  EXPECT_EQ(read_if_there(file_), base::Bytes{}) << "empty, and there";
}

TEST_F(FolderTest, AKeyIsReadBackForItsPassphraseAndItsKindAlone) {
  const seal::Identity identity = seal::Identity::generate(random_);
  write(identity, seal::Protection::passphrase);
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(key_protection(file_, "the key of a test"), seal::Protection::passphrase);
  EXPECT_EQ(read(right_).public_identity(), identity.public_identity());
  EXPECT_EQ(refusal_of([&] { read(wrong_); }), "wrong passphrase for the key of a test");
  EXPECT_NE(refusal_of([&] { read_key(file_, "another key", right_); }).find("does not hold"),
            std::string::npos);
  fs::permissions(file_, fs::perms{0640});
  EXPECT_NE(refusal_of([&] { read(right_); }).find("others on this machine"), std::string::npos);
}

// Whoever sees "wrong passphrase" types it again; whoever sees "changed" takes the backup.
TEST_F(FolderTest, AChangedKeyIsNotCalledAWrongPassphraseWhereThereIsNone) {
  write(seal::Identity::generate(random_), seal::Protection::none);
  const std::string good = base::read_file(file_, 10'000);
  EXPECT_NO_THROW(read(wrong_));
  EXPECT_EQ(wrong_.asked(), 0);
  for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    base::write_file(file_, base::bytes_of(changed), base::Access::owner_only);
    EXPECT_NE(refusal_of([&] { read(right_); }).find(file_.string()), std::string::npos) << at;
  }
  base::write_file(file_, {}, base::Access::owner_only);
  EXPECT_NE(refusal_of([&] { read(right_); }).find("is not a key file"), std::string::npos);
}

TEST_F(FolderTest, AKeyIsFoundInTheKeyringOnlyWhereItIsTheOneExpected) {
  const seal::Identity identity = seal::Identity::generate(random_);
  const seal::Identity other = seal::Identity::generate(random_);
  write(identity, seal::Protection::passphrase);
  const auto find = [&](const seal::Identity& expected) {
    return find_key(file_, "the key of a test", expected.public_identity(), right_, keyring_)
        .public_identity();
  };
  keep_key(identity, keyring_, std::chrono::hours{1});
  EXPECT_EQ(find(identity), identity.public_identity());
  EXPECT_EQ(right_.asked(), 0) << "the keyring has it";
  // Another key under its name, as another program of this user could leave.
  keyring_.keys.begin()->second = base::Bytes(64, 7);
  EXPECT_EQ(find(identity), identity.public_identity());
  EXPECT_EQ(right_.asked(), 1);
  EXPECT_NE(refusal_of([&] { find(other); }).find("not the key that this folder was made with"),
            std::string::npos);
  EXPECT_TRUE(forget_key(identity.public_identity(), keyring_));
  EXPECT_FALSE(forget_key(identity.public_identity(), keyring_));
}

using FolderDeathTest = FolderTest;

TEST_F(FolderDeathTest, NoNameLeavesItsFolder) {
  EXPECT_EQ(named_file("home", "roster-2", ".sealed"), fs::path{"home/roster-2.sealed"});
  for (const char* name : {"", "..", "../x", "a/b", "a.b", "Roster", "r\n"})
    EXPECT_DEATH(named_file("home", name, ".sealed"), "bug") << name;
}

}  // namespace
}  // namespace tocsin::home
