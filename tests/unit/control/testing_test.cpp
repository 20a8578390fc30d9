#include "control/testing.h"

#include <gtest/gtest.h>

#include "seal/entropy.h"
#include "unit/control/messenger.h"

namespace tocsin::control {
namespace {

using namespace std::chrono_literals;
using channel::Receipt;

const roster::ChannelId kSms{"sms"};

roster::Responder person(std::string id, std::string name, const std::string& number) {
  roster::Responder one;
  one.id = roster::PersonId{std::move(id)};
  one.name = std::move(name);
  one.contacts.push_back({kSms, number, {}, {}});
  return one;
}

class TestingTest : public testing::Test {
 protected:
  void begin() {
    scope_ = scope_of(roster_, kSms, {});
    test_.emplace(messenger_, roster_, scope_.targets, "St Bride's", 10min, clock_, random_,
                  Testing::Hearers{[this](const std::string& address, base::Instant) {
                                     stops_.push_back(address);
                                     return true;
                                   },
                                   [this](const auto& points) { kept_ = points; }});
  }
  void says(const std::string& from, const std::string& words) {
    clock_.advance(40s);
    messenger_.says(from, words, clock_.now());
    test_->turn();
  }
  std::string outcome(std::size_t place = 0) {
    return std::string{to_text(test_->points().at(place).outcome)};
  }

  const std::string ana_ = "+447700900001";
  const std::string ben_ = "+447700900002";
  seal::Entropy random_;
  base::VirtualClock clock_{base::Instant{std::chrono::hours{500'000}}};
  Messenger messenger_;
  roster::Roster roster_{1, {}, {person("E1", "Ana Bell", ana_), person("E2", "Ben Cole", ben_)}};
  TestScope scope_;
  std::optional<Testing> test_;
  std::vector<std::string> stops_;
  std::vector<TestedPoint> kept_;
};

TEST_F(TestingTest, WritesWhatCannotBeTakenForACall) {
  begin();
  EXPECT_TRUE(test_->turn());
  ASSERT_EQ(messenger_.given.size(), 2U);
  EXPECT_EQ(messenger_.given[0].text,
            "Test of incident messages by St Bride's. Nobody is called in. Please answer OK.");
  EXPECT_EQ(messenger_.given[0].text.find("relay.example"), std::string::npos) << "no link";
}

TEST_F(TestingTest, IsOverWhenEverybodyHasAnsweredOrFailed) {
  messenger_.receipts[ben_] = Receipt::failed_for_good;
  begin();
  test_->turn();
  EXPECT_FALSE(test_->is_over());
  says(ana_, "ok");
  EXPECT_TRUE(test_->is_over());
  EXPECT_EQ(outcome(0), "answered");
  EXPECT_EQ(test_->points()[0].after, 40s);
  EXPECT_EQ(outcome(1), "failed");
  EXPECT_EQ(test_->points()[1].reason, "the provider's reason");
  EXPECT_EQ(kept_, test_->points()) << "before the provider forgets it";
}

TEST_F(TestingTest, ADeliveryReachesAndSilenceDoesNot) {
  begin();
  test_->turn();
  clock_.advance(3s);
  messenger_.reports(messenger_.given[0].id, Receipt::delivered);
  test_->turn();
  EXPECT_EQ(outcome(0), "delivered");
  EXPECT_EQ(test_->points()[0].after, 3s);
  EXPECT_EQ(outcome(1), "sent");
  EXPECT_FALSE(test_->is_over()) << "they may still answer";
}

TEST_F(TestingTest, TakesNoAutomaticReplyAndNoWordOfBeforeForAnAnswer) {
  begin();
  test_->turn();
  messenger_.says(ana_, "Y 20", clock_.now() - 1h);
  test_->turn();
  EXPECT_EQ(outcome(0), "sent") << "a provider lists what it had for days";
  says(ana_, "I am out of office until Monday. This is an automatic reply.");
  EXPECT_EQ(outcome(0), "sent");
  says("+447700900099", "ok");
  EXPECT_EQ(outcome(0), "sent");
  EXPECT_EQ(messenger_.given.size(), 2U) << "a stranger and a machine get no answer";
}

TEST_F(TestingTest, TakesStopAndSaysSoOnce) {
  begin();
  test_->turn();
  says("+447700900099", "STOP");
  EXPECT_TRUE(stops_.empty()) << "a stranger's stops nobody";
  says(ana_, "STOP");
  says(ana_, "STOP");
  EXPECT_EQ(test_->stopped(), 1U);
  EXPECT_EQ(stops_.front(), ana_);
  ASSERT_EQ(messenger_.given.size(), 3U);
  EXPECT_EQ(messenger_.given[2].address, ana_);
  EXPECT_TRUE(messenger_.given[2].text.starts_with("You get no more messages from us here."));
  EXPECT_EQ(outcome(0), "answered") << "it reached them";
}

TEST_F(TestingTest, AsksNobodyTwiceWhoShareANumberAndBelievesWhomTheAnswerNames) {
  roster_ = {1, {}, {person("E1", "Ana Bell", ana_), person("E2", "Ben Cole", ana_)}};
  begin();
  test_->turn();
  EXPECT_TRUE(messenger_.given.at(0).text.starts_with("Ana Bell: Test of"));
  EXPECT_TRUE(messenger_.given.at(1).text.starts_with("Ben Cole: Test of"));
  says(ana_, "ok");
  EXPECT_EQ(outcome(0), "sent");
  EXPECT_EQ(outcome(1), "sent");
  says(ana_, "Ben ok");
  EXPECT_EQ(outcome(0), "sent");
  EXPECT_EQ(outcome(1), "answered");
}

TEST_F(TestingTest, HearsWhatIsNoAnswerAndSaysWhatItIsTold) {
  scope_ = scope_of(roster_, kSms, {});
  test_.emplace(messenger_, roster_, scope_.targets, "St Bride's", 10min, clock_, random_,
                Testing::Hearers{[](const auto&, auto) { return true; }, [](const auto&) {},
                                 [](const channel::Said& said) -> std::optional<playbook::Nudge> {
                                   if (said.words != "LINK-1") return std::nullopt;
                                   return playbook::Nudge::of(playbook::Errand::linked,
                                                              "St Bride's");
                                 }});
  test_->turn();
  says("+447700900099", "LINK-1");
  ASSERT_EQ(messenger_.given.size(), 3U);
  EXPECT_EQ(messenger_.given[2].address, "+447700900099");
  EXPECT_TRUE(messenger_.given[2].text.starts_with("Done: St Bride's can reach you here"));
}

TEST_F(TestingTest, LeavesOutWhoeverWantsNoMessagesAndWrongNumbers) {
  std::vector<roster::Responder> people{person("E1", "Ana", ana_), person("E2", "Ben", ben_),
                                        person("E3", "Cat", "3"), person("E4", "Dan", "4")};
  people[0].contacts[0].withdrawn = roster::Date{};
  people[1].contacts[0].working = false;
  people[2].employment = roster::Employment::inactive;
  people[3].contacts.push_back({roster::ChannelId{"email"}, "dan@example.org", {}, {}});
  roster_ = {1, {}, people};
  const TestScope scope = scope_of(roster_, kSms, {});
  ASSERT_EQ(scope.targets.size(), 1U);
  EXPECT_EQ(scope.targets[0].person, 3U);
  EXPECT_EQ(scope.withdrawn, 1U);
  EXPECT_EQ(scope.wrong_numbers, 1U);
  EXPECT_TRUE(scope_of(roster_, kSms, {roster::PersonId{"E1"}}).targets.empty());
}

TEST_F(TestingTest, DrawsSoManyPeopleByChance) {
  std::vector<roster::Responder> people;
  for (int i = 100; i < 200; ++i)
    people.push_back(person("E" + std::to_string(i), "A B", std::to_string(i)));
  roster_ = {1, {}, people};
  std::set<std::size_t> drawn;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    TestScope scope = scope_of(roster_, kSms, {});
    sample(scope, 5, seed);
    EXPECT_EQ(scope.targets.size(), 5U);
    for (const TestTarget& target : scope.targets) drawn.insert(target.person);
  }
  EXPECT_GT(drawn.size(), 40U);
  TestScope few = scope_of(roster_, kSms, {});
  sample(few, 1'000, 1);
  EXPECT_EQ(few.targets.size(), 100U);
}

TEST_F(TestingTest, KnowsHowLongALimitTakes) {
  EXPECT_EQ(time_to_send(8, {8, 28}), 0ms);
  EXPECT_EQ(time_to_send(36, {8, 28}), 1s);
  EXPECT_EQ(time_to_send(3'600, {1, 1}), 3'599s);
}

}  // namespace
}  // namespace tocsin::control
