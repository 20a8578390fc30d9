#include "control/linking.h"

#include "base/fault.h"
#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using namespace std::chrono_literals;

const contact::ChannelId kTelegram{"telegram"};
const roster::PersonId kAna{"ana"};
const roster::PersonId kBen{"ben"};

class LinkingTest : public Room {
 protected:
  void SetUp() override { set_up({{"token", "telegram.key"}, {"bot", "StBridesBot"}}); }
  void set_up(contact::Settings settings) { telegram_ = {kTelegram, std::move(settings)}; }
  LinkInvitation invite(const roster::PersonId& person, base::Minutes life = 1h) {
    return invite_account(home(), keys().store, telegram_, person, clock_.now(), life, random_);
  }
  LinkTried sends(const std::string& account, const std::string& words,
                  const contact::ChannelId& channel = kTelegram) {
    clock_.advance(1min);
    const auto tried =
        take_link(home(), keys().store, channel, said(account, words), clock_.now(), random_);
    EXPECT_TRUE(tried) << words;
    return tried.value_or(LinkTried{});
  }
  channel::Said said(const std::string& account, const std::string& words) {
    return {seal::random_message_id(random_), account, words, clock_.now()};
  }
  // The person's contact points on the channel.
  std::vector<roster::ContactPoint> accounts(const roster::PersonId& person) {
    std::vector<roster::ContactPoint> all;
    const roster::Roster roster = read_roster(home(), keys().store);
    for (const roster::ContactPoint& one : roster.find(person)->contacts)
      if (one.channel == kTelegram) all.push_back(one);
    return all;
  }

  home::Channel telegram_;
};

TEST_F(LinkingTest, ThePersonsOwnMessageProvesWhichAccountIsTheirs) {
  const LinkInvitation invitation = invite(kAna);
  EXPECT_EQ(invitation.link, "https://t.me/StBridesBot?start=" + invitation.code);
  EXPECT_TRUE(accounts(kAna).empty());
  const LinkTried tried = sends("5001", "/start " + invitation.code);
  EXPECT_EQ(tried.outcome, LinkOutcome::linked);
  EXPECT_EQ(tried.person, kAna);
  ASSERT_EQ(accounts(kAna).size(), 1U);
  EXPECT_EQ(accounts(kAna)[0].address, "5001");
  EXPECT_EQ(accounts(kAna)[0].linked, clock_.now());
  EXPECT_EQ(accounts(kAna)[0].consented, std::chrono::floor<std::chrono::days>(clock_.now()));
  EXPECT_TRUE(accounts(kAna)[0].is_usable());
  EXPECT_TRUE(accounts(kBen).empty());
  EXPECT_EQ(to_sentence(tried, read_roster(home(), keys().store)).find("5001"), std::string::npos);
}

TEST_F(LinkingTest, ACodeCountsOnce) {
  const std::string code = invite(kAna).code;
  EXPECT_EQ(sends("5001", code).outcome, LinkOutcome::linked);
  EXPECT_EQ(sends("5002", code).outcome, LinkOutcome::used);
  EXPECT_EQ(sends("5001", code).outcome, LinkOutcome::was_linked)
      << "the same message again, after a crash";
  ASSERT_EQ(accounts(kAna).size(), 1U);
  EXPECT_EQ(accounts(kAna)[0].address, "5001");
}

TEST_F(LinkingTest, AWrongOrExpiredOneOrOneOfAnotherChannelLinksNothing) {
  EXPECT_EQ(sends("5001", "LINK-7KQ2-M4XZ-9TRD-P10W").outcome, LinkOutcome::unknown);
  const std::string late = invite(kAna, 5min).code;
  const std::string replaced = invite(kBen).code;
  const std::string newer = invite(kBen).code;
  clock_.advance(5min);
  EXPECT_EQ(sends("5001", late).outcome, LinkOutcome::expired);
  EXPECT_EQ(sends("5002", replaced).outcome, LinkOutcome::expired) << "there is a newer one";
  EXPECT_EQ(sends("+447700900123", newer, contact::ChannelId{"signal"}).outcome,
            LinkOutcome::elsewhere);
  EXPECT_TRUE(accounts(kAna).empty());
  EXPECT_TRUE(accounts(kBen).empty());
  EXPECT_EQ(sends("5002", newer).outcome, LinkOutcome::linked) << "a wrong place used nothing up";
}

TEST_F(LinkingTest, WhatWasSentInTimeCountsWheneverItIsRead) {
  const std::string code = invite(kAna, 5min).code;
  const channel::Said in_time = said("5001", code);
  clock_.advance(2h);
  EXPECT_EQ(take_link(home(), keys().store, kTelegram, in_time, clock_.now(), random_)->outcome,
            LinkOutcome::linked);
}

TEST_F(LinkingTest, AnAccountIsNobodyElsesUnlessItsOwnerGaveItUp) {
  sends("5001", invite(kAna).code);
  const std::string code = invite(kBen).code;
  const LinkTried tried = sends("5001", code);
  EXPECT_EQ(tried.outcome, LinkOutcome::taken);
  EXPECT_EQ(tried.holder, kAna);
  EXPECT_TRUE(accounts(kBen).empty());
  EXPECT_EQ(withdraw(home(), keys().store, kAna, kTelegram, clock_.now(), random_), 1U);
  EXPECT_FALSE(accounts(kAna).at(0).is_usable());
  EXPECT_EQ(sends("5001", code).outcome, LinkOutcome::linked);
  EXPECT_TRUE(accounts(kAna).empty());
  EXPECT_EQ(accounts(kBen).size(), 1U);
}

TEST_F(LinkingTest, ANewAccountTakesThePlaceOfTheOldAndANewCodeEndsAStop) {
  sends("5001", invite(kAna).code);
  sends("5009", invite(kAna).code);
  ASSERT_EQ(accounts(kAna).size(), 1U);
  EXPECT_EQ(accounts(kAna)[0].address, "5009");
  clock_.advance(1min);
  EXPECT_TRUE(note_stop(home(), keys().store, kTelegram, "5009", clock_.now(), random_));
  EXPECT_FALSE(note_stop(home(), keys().store, kTelegram, "5009", clock_.now(), random_));
  EXPECT_FALSE(accounts(kAna)[0].is_usable());
  const base::Instant stopped = clock_.now();
  sends("5009", invite(kAna).code);
  EXPECT_TRUE(accounts(kAna).at(0).is_usable());
  EXPECT_FALSE(note_stop(home(), keys().store, kTelegram, "5009", stopped, random_))
      << "the old one, which the provider lists again";
}

TEST_F(LinkingTest, ACodeOfSomebodyWhoHasLeftLinksNothing) {
  const std::string code = invite(kAna).code;
  std::vector<roster::Responder> people = night_.state.roster.responders();
  std::erase_if(people, [](const roster::Responder& one) { return one.id == kAna; });
  write_roster(home(), keys().store, {3, clock_.now(), people}, random_, hold_people(home()));
  EXPECT_EQ(sends("5001", code).outcome, LinkOutcome::gone);
}

TEST_F(LinkingTest, WhatIsNoCodeOrComesFromNoAccountIsNotLookedAt) {
  const std::string code = invite(kAna).code;
  for (const auto& [account, words] : std::vector<std::pair<std::string, std::string>>{
           {"5001", "hello"}, {"5001", ""}, {"-77", code}, {"no number", code}, {"", code}})
    EXPECT_FALSE(
        take_link(home(), keys().store, kTelegram, said(account, words), clock_.now(), random_))
        << account;
}

TEST_F(LinkingTest, WhoeverSendsWrongCodesIsToldOnceAndNotWithoutEnd) {
  const home::Home here = home();
  const home::Unlocked unlocked = keys();
  int told = 0;
  const auto hear = link_hearer(here, unlocked.store, kTelegram, clock_, random_,
                                [&](const LinkTried&) { ++told; });
  EXPECT_FALSE(hear(said("5001", "ok"))) << "that is an answer";
  int answers = 0;
  for (int account = 1; account <= 100; ++account)
    for (int times = 0; times < 2; ++times) {
      const auto answer = hear(said(std::to_string(account), "LINK-7KQ2-M4XZ-9TRD-P10W"));
      ASSERT_TRUE(answer);
      answers += answer->text({}).empty() ? 0 : 1;
    }
  EXPECT_EQ(told, 200);
  EXPECT_EQ(answers, 20);
  const auto good = hear(said("5001", invite(kAna).code));
  ASSERT_TRUE(good);
  EXPECT_TRUE(good->text({}).starts_with("Done: "));
  EXPECT_FALSE(link_hearer(here, unlocked.store, contact::ChannelId{"email"}, clock_, random_, {}))
      << "nobody links an account there";
}

TEST_F(LinkingTest, SaysHowPeopleGetToTheAccount) {
  const auto invitation = [&](const char* channel, contact::Settings settings) {
    return invite_account(home(), keys().store, {contact::ChannelId{channel}, std::move(settings)},
                          kAna, clock_.now(), 1h, random_);
  };
  LinkInvitation one = invitation("whatsapp", {{"from", "+44 20 7946 0000"}});
  EXPECT_EQ(one.link, "https://wa.me/442079460000?text=" + one.code);
  one = invitation("viber", {{"chat", "stbrides"}});
  EXPECT_EQ(one.link, "viber://pa?chatURI=stbrides&text=" + one.code);
  one = invitation("signal", {{"account", "+447700900000"}});
  EXPECT_EQ(one.link, "");
  EXPECT_EQ(one.whom, "+447700900000 at signal");
  EXPECT_EQ(invitation("telegram", {}).link, "");
  for (const char* bot : {"https://t.me/x", "@x", "a b", "x&start=1"})
    EXPECT_THROW(invitation("telegram", {{"bot", bot}}), base::Fault) << bot;
}

TEST_F(LinkingTest, NobodyLinksWhereThereIsNothingToLink) {
  const home::Home here = home();
  for (const char* name : {"email", "sms", "relay", "phone", "telegram", "pigeon"})
    EXPECT_THROW(need_link_channel(here, name), base::Fault) << name;
}

TEST_F(LinkingTest, NobodyListensWhileAnIncidentIsOpen) {
  const auto session = declare("EX-1");
  const home::Home here = home();
  const home::Unlocked unlocked = keys();
  EXPECT_THROW(listen_for_links(
                   {here, unlocked, {}, 0ms}, clock_, random_, [](const LinkTried&) {},
                   [](base::Milliseconds) { return true; }),
               base::Fault);
}

}  // namespace
}  // namespace tocsin::control
