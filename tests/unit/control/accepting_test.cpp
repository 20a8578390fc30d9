#include "control/accepting.h"

#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "seal/words.h"
#include "unit/control/served.h"

namespace tocsin::control {
namespace {

class AcceptingTest : public ServedRoom {
 protected:
  AcceptingTest()
      : accepting_(home_, keys_, clock_, [this] {
          ++unlocked_;
          return organisation();
        }) {}

  // A device of a person, invited and at the relay.
  seal::Identity arrive(const char* person) {
    const roster::Invitation invitation = invite(person);
    auto pending = read_invitations(home_, keys_.store);
    pending.push_back(roster::pending_of(invitation));
    write_invitations(home_, keys_.store, std::move(pending), clock_.now(), random_);
    return use(invitation);
  }
  bool is_listed(const seal::Identity& device) {
    return read_membership(home_, keys_.store).find(device.public_identity().id()) != nullptr;
  }

  static AcceptingTerms all() { return {.accepts = true, .insists = true}; }

  const home::Home home_ = home();
  const home::Unlocked keys_ = keys();
  int unlocked_ = 0;  // how often the organisation's key was asked for
  Accepting accepting_;
};

TEST_F(AcceptingTest, LookingChangesNothingAndNeedsNoKey) {
  const seal::Identity device = arrive("ana");
  EXPECT_EQ(accepting_.look({}).waiting.devices.size(), 1u);
  EXPECT_FALSE(is_listed(device));
  EXPECT_TRUE(mail_of(device).empty());
  EXPECT_EQ(accepting_.look({}).waiting.devices.size(), 1u);
  EXPECT_EQ(unlocked_, 0);
}

TEST_F(AcceptingTest, ListsTellsAndForgetsWhoWaits) {
  const seal::Identity ana = arrive("ana");
  const seal::Identity ben = arrive("ben");
  const Looked looked = accepting_.look(all());
  EXPECT_EQ(looked.waiting.devices.size(), 2u);
  EXPECT_EQ(looked.membership.devices().size(), 2u);
  EXPECT_EQ(looked.roster.size(), night_.state.roster.size());
  EXPECT_FALSE(looked.wakers.has_value());
  EXPECT_TRUE(looked.untold.empty());
  EXPECT_TRUE(is_listed(ana) && is_listed(ben));
  EXPECT_EQ(mail_of(ana).size(), 1u);
  EXPECT_EQ(mail_of(ben).size(), 1u);
  EXPECT_EQ(accepting_.look({}).waiting.cursor, 0u) << "the relay's copies are gone";
  EXPECT_EQ(unlocked_, 1);
}

TEST_F(AcceptingTest, OneDeviceByItsWordsHoweverTheyAreTyped) {
  const seal::Identity ana = arrive("ana");
  const seal::Identity ben = arrive("ben");
  std::string typed = "  ";
  for (const char c : seal::fingerprint_words(ben.public_identity()))
    typed += c == ' ' ? std::string{"  "} : std::string{static_cast<char>(std::toupper(c))};
  EXPECT_EQ(
      accepting_.look({.accepts = true, .insists = true, .words = typed}).waiting.devices.size(),
      1u);
  EXPECT_TRUE(is_listed(ben));
  EXPECT_FALSE(is_listed(ana));
  EXPECT_EQ(accepting_.look({}).waiting.devices.size(), 1u) << "Ana's goes on waiting";
}

TEST_F(AcceptingTest, WordsOfNobodyAreNotTrusted) {
  arrive("ana");
  try {
    accepting_.look({.accepts = true, .insists = true, .words = "acorn actor admiral"});
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted);
  }
  EXPECT_EQ(read_membership(home_, keys_.store).number(), 0u);
}

TEST_F(AcceptingTest, WhoIsListedAndAsksAgainIsToldAgain) {
  const roster::Invitation invitation = invite("ana");
  write_invitations(home_, keys_.store, {roster::pending_of(invitation)}, clock_.now(), random_);
  const seal::Identity device = use(invitation);
  accepting_.look(all());
  use(invitation, device);
  accepting_.look(all());
  EXPECT_EQ(mail_of(device).size(), 2u);
  EXPECT_EQ(read_membership(home_, keys_.store).devices().size(), 1u);
}

TEST_F(AcceptingTest, ASecondDeviceOfACodeIsTurnedAwayOnlyByWhoInsists) {
  const roster::Invitation invitation = invite("ana");
  write_invitations(home_, keys_.store, {roster::pending_of(invitation)}, clock_.now(), random_);
  use(invitation);
  accepting_.look(all());
  const seal::Identity second = use(invitation);
  unlocked_ = 0;
  Accepting later{home_, keys_, clock_, [this] {
                    ++unlocked_;
                    return organisation();
                  }};
  later.look({.accepts = true});
  EXPECT_TRUE(mail_of(second).empty());
  EXPECT_EQ(unlocked_, 0);
  later.look(all());
  EXPECT_EQ(mail_of(second).size(), 1u);
  EXPECT_FALSE(is_listed(second));
}

TEST_F(AcceptingTest, AReviewIsSignedWithoutAnybodyWaiting) {
  const Looked looked = accepting_.look({.reviews = true});
  EXPECT_EQ(looked.membership.reviewed(), std::chrono::floor<std::chrono::days>(clock_.now()));
  EXPECT_EQ(read_membership(home_, keys_.store).reviewed(), looked.membership.reviewed());
}

// While the key is asked for, another process revokes a device: its list is not overwritten.
TEST_F(AcceptingTest, AListThatChangedMeanwhileIsReadAgain) {
  const seal::Identity old = enrol("ben");
  const seal::Identity device = arrive("ana");
  Accepting accepting{home_, keys_, clock_, [&] {
                        roster::Membership list = read_membership(home_, keys_.store);
                        list.revoke(old.public_identity().id(), {clock_.now(), "Dr B", "lost"});
                        write_membership(home_, keys_.store, list, organisation().signing,
                                         clock_.now(), random_);
                        return organisation();
                      }};
  accepting.look(all());
  EXPECT_TRUE(is_listed(device));
  const roster::Membership list = read_membership(home_, keys_.store);
  EXPECT_FALSE(list.find(old.public_identity().id())->is_live());
}

TEST_F(AcceptingTest, ARelayOutOfReachIsAFaultOnlyToWhoInsists) {
  server_->stop();
  EXPECT_NE(accepting_.look({.accepts = true}).waiting.trouble, "");
  try {
    accepting_.look(all());
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::unreachable);
  }
}

TEST_F(AcceptingTest, AWaitAcceptsWhoComesAndEndsInTime) {
  const seal::Identity device = arrive("ana");
  int looks = 0;
  const std::string trouble = accepting_.wait(
      all(), clock_.now() + std::chrono::hours{1},
      [&](const Looked& looked) {
        ++looks;
        EXPECT_EQ(looked.waiting.devices.size(), 1u);
        clock_.advance(std::chrono::hours{1});
      },
      [&](const std::string& why) { ADD_FAILURE() << why; });
  EXPECT_EQ(trouble, "");
  EXPECT_EQ(looks, 1);
  EXPECT_TRUE(is_listed(device));
}

TEST_F(AcceptingTest, AWaitOutlivesARelayThatDoesNotAnswer) {
  server_->stop();
  std::vector<std::string> told;
  const std::string trouble = accepting_.wait(
      all(), clock_.now() + std::chrono::hours{1},
      [&](const Looked&) { ADD_FAILURE() << "nothing can have come"; },
      [&](const std::string& why) {
        told.push_back(why);
        clock_.advance(std::chrono::hours{1});
      });
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(trouble, told.front());
}

}  // namespace
}  // namespace tocsin::control
