#include "drill/world/telephones.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/drill/recorded_phones.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using contact::Receipt;
using incident::Answer;
using playbook::MessageKind;

// 400 people with texts and calls; a fifth of those at home notice a text, two fifths a call.
class Hands : public testing::Test {
 protected:
  static constexpr std::size_t kPeople = 400;

  Hands() : room_(settings(), equipped(), small_playbook()) {
    for (const WorldChannel& channel : world_.channels)
      lines_.push_back(
          std::make_unique<Messenger>(channel, room_.staff.roster, room_.settings.at, room_.clock));
  }
  static Settings settings() {
    Settings settings = small_settings(kPeople);
    settings.world = world_;
    return settings;
  }
  static Equipped equipped() {
    return equip(synthesise(small_playbook(), kPeople, settings().at, base::SeededRandom{1}),
                 world_, base::SeededRandom{2});
  }
  std::unique_ptr<Telephones> telephones(bool on_duty) {
    auto made = std::make_unique<Telephones>(
        world_, devices_, lines_, std::vector<bool>(kPeople, on_duty), base::SeededRandom{3});
    made->follow(room_.room->ledger(), room_.room->caller());
    return made;
  }
  // Takes one message to everybody; returns by receipt how many had it.
  std::map<std::string, int> everybody_gets(MessageKind kind, std::size_t way,
                                            Telephones& telephones) {
    for (std::size_t p = 0; p < kPeople; ++p) {
      const auto id = seal::random_message_id(random_);
      const roster::Responder& person = room_.staff.roster[p];
      room_.room->ledger().add(room_.settings.at, "",
                               incident::Issued{id, person.id, kind, world_.channels[way].id,
                                                incident::PostId{"wards/nurse/response"}, 1,
                                                room_.settings.at + base::Minutes{90}, "", ""});
      lines_[way]->send(id, person.contacts[way].address);
    }
    EXPECT_TRUE(room_.room->ledger().commit());
    EXPECT_EQ(telephones.take_arrivals().size(), kPeople);
    std::map<std::string, int> receipts;
    for (const channel::Delivery& delivery : lines_[way]->collect().deliveries)
      ++receipts[std::string{contact::to_text(delivery.receipt)}];
    lines_[way]->acknowledge(0);
    return receipts;
  }
  // How many see something of this kind.
  int see(MessageKind kind, Telephones& telephones) {
    int see = 0;
    for (std::size_t p = 0; p < kPeople; ++p)
      for (const device::Message& message : telephones.fetch(p, room_.clock.now()))
        see += message.notice.kind == kind ? 1 : 0;
    return see;
  }

  static inline const World world_{
      {{contact::ChannelId{"sms"}, 1, 0.2, 0, {}}, {contact::ChannelId{"voice"}, 1, 0.4, 0, {}}}};
  OpenedRoom room_;
  base::SeededRandom random_{9};
  RecordedPhones devices_;
  std::vector<std::unique_ptr<Messenger>> lines_;
};

TEST_F(Hands, AtHomeTheShareNoticesAndAtWorkEverybodyDoes) {
  const auto home = telephones(false);
  EXPECT_NEAR(everybody_gets(MessageKind::request, 0, *home)["delivered"], 372, 20);
  EXPECT_NEAR(see(MessageKind::request, *home), 75, 25);
  const auto work = telephones(true);
  everybody_gets(MessageKind::request, 0, *work);
  EXPECT_NEAR(see(MessageKind::request, *work), 372, 20);
}

TEST_F(Hands, ACallThatNobodyTakesHasFailed) {
  const auto home = telephones(false);
  auto receipts = everybody_gets(MessageKind::request, 1, *home);
  const int taken = receipts["delivered"];
  EXPECT_NEAR(taken, 150, 35);
  EXPECT_EQ(receipts["failed for good"], static_cast<int>(kPeople) - taken);
  EXPECT_EQ(see(MessageKind::request, *home), taken);
}

// The playbook has no code words: a nudge tells nobody what was decided.
TEST_F(Hands, OfADecisionANudgeSaysNothing) {
  const auto work = telephones(true);
  everybody_gets(MessageKind::assigned, 0, *work);
  EXPECT_EQ(see(MessageKind::assigned, *work), 0);
  everybody_gets(MessageKind::assigned, 0, *work);
  EXPECT_GT(see(MessageKind::nudge, *work), 300);
}

TEST_F(Hands, PeopleAnswerInWordsWhereTheyNoticed) {
  const auto work = telephones(true);
  everybody_gets(MessageKind::request, 0, *work);
  see(MessageKind::request, *work);
  const base::Instant now = room_.clock.now();
  const auto says = [&](std::size_t way, const incident::Reply& reply) {
    for (std::size_t p = 0; p < kPeople; ++p)
      work->send(p, {seal::Kind::reply, {}, seal::random_message_id(random_), {}, now, now}, reply);
    std::map<std::string, int> words;
    for (const channel::Said& said : lines_[way]->collect().said) ++words[said.words];
    lines_[way]->acknowledge(0);
    return words;
  };
  EXPECT_EQ(says(0, {Answer::coming, now + base::Minutes{25}}).begin()->first, "Y 25");
  EXPECT_EQ(says(0, {Answer::no, {}}).begin()->first, "N");
  EXPECT_EQ(says(0, {Answer::last_resort, {}}).begin()->first, "only if short");
  EXPECT_EQ(says(0, {Answer::arrived, {}}).begin()->first, "here");
  // On a call they press keys. That they have arrived they write.
  everybody_gets(MessageKind::request, 1, *work);
  see(MessageKind::request, *work);
  EXPECT_EQ(says(1, {Answer::no, {}}).begin()->first, "N");
  EXPECT_TRUE(says(1, {Answer::arrived, {}}).empty());
  EXPECT_GT(says(0, {Answer::arrived, {}})["here"], 300);
  EXPECT_TRUE(devices_.sent.empty());
}

}  // namespace
}  // namespace tocsin::drill
