// Records as older programs left them, opened by this one. tests/vectors/kept has the home of a
// drill for each format that was ever written; add one when a format changes, and never replace
// one.
#include <gtest/gtest.h>

#include <filesystem>

#include "incident/state/ledger.h"
#include "journal/sqlite.h"
#include "record/export.h"
#include "record/verify.h"
#include "seal/at_rest.h"
#include "seal/entropy.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::record {
namespace {

namespace fs = std::filesystem;

// A copy that may be written to: opening a journal remembers its head.
class Kept : public testing::TestWithParam<const char*> {
 protected:
  Kept() {
    fs::copy(fs::path{"tests/vectors/kept"} / GetParam(), folder_.path() / "home",
             fs::copy_options::recursive);
    fs::permissions(folder_.path() / "home", fs::perms::owner_all);
    for (const auto& entry : fs::recursive_directory_iterator{folder_.path() / "home"})
      fs::permissions(entry, entry.is_directory() ? fs::perms::owner_all
                                                  : fs::perms::owner_read | fs::perms::owner_write);
  }

  home::TemporaryFolder folder_;
};

TEST_P(Kept, RecordIsVerifiedFoldedAndExportedAsItWas) {
  const home::Home home = home::Home::open(folder_.path() / "home");
  home::KnownPassphrase none("");
  home::MapOfKeys keyring;
  const home::Unlocked keys = home.unlock(none, keyring);
  const Listed listed = find_incident(home, keys, "");
  const auto key = [&] { return journal::open_store_key(listed.path, keys.coordinator.opening); };

  const Verified verified = verify(listed, home.organisation().verify, key(), std::nullopt);
  ASSERT_FALSE(verified.flaw) << words_of(*verified.flaw);
  std::string lines;
  export_lines(listed.path, key(), verified,
               [&](std::string_view line) { lines.append(line).append("\n"); });
  EXPECT_EQ(base::to_hex(seal::hash_of(base::bytes_of(lines))),
            "50ac3a7035bbf206d2062b3e14255152d0e554ebc71972746ec47f82d1deafa5");

  seal::Entropy random;
  const auto journal = journal::SqliteJournal::open(listed.path, key(), std::nullopt, random);
  const incident::Ledger ledger{*journal};
  const incident::State& state = ledger.state();
  EXPECT_EQ(state.events, 327U);
  EXPECT_EQ(state.declared.label, "EX-3");
  EXPECT_EQ(state.playbook.posts.size(), 5U);
  EXPECT_EQ(state.roster.size(), 24U);
  int assigned = 0;
  int asked = 0;
  for (const incident::Person& person : state.people) {
    assigned += person.status == incident::Status::assigned ? 1 : 0;
    asked += person.was_asked() ? 1 : 0;
  }
  EXPECT_EQ(assigned, 15);
  EXPECT_EQ(asked, 15);
  for (const int open : state.open_seats()) EXPECT_EQ(open, 0);
}

INSTANTIATE_TEST_SUITE_P(Formats, Kept, testing::Values("format-1"));

}  // namespace
}  // namespace tocsin::record
