#include "drill/world/messengers.h"

#include <gtest/gtest.h>

#include "drill/run/memory.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using base::Minutes;
using contact::Class;
using contact::Receipt;

class Providers : public testing::Test {
 protected:
  Providers()
      : settings_(small_settings(3)),
        clock_(settings_.at),
        people_(equip(synthesise(small_playbook(), 3, settings_.at, base::SeededRandom{1}), world_,
                      base::SeededRandom{2})),
        messenger_(world_.channels.front(), people_.staff.roster, settings_.at, clock_),
        line_(line_to(messenger_)) {}

  std::vector<channel::Delivery> send(int number, std::size_t person) {
    auto& carrier = *std::get<channel::Carrier<Class::provider_readable>*>(line_->carrier());
    std::vector<channel::Outgoing<playbook::Nudge>> batch(static_cast<std::size_t>(number));
    for (auto& message : batch) {
      message.id = seal::random_message_id(random_);
      message.address = people_.staff.roster[person].contacts.front().address;
    }
    return carrier.send(batch);
  }

  Settings settings_;
  base::VirtualClock clock_;
  base::SeededRandom random_{7};
  World world_{{{contact::ChannelId{"sms"}, 1, 0.5, 60, {{Minutes{10}, Minutes{20}}}}}};
  Equipped people_;
  Messenger messenger_;
  std::unique_ptr<channel::Channel> line_;
};

TEST_F(Providers, TakeWhatTheirRateAllows) {
  EXPECT_EQ(line_->name(), "sms");
  EXPECT_EQ(line_->room().messages, 1U);
  EXPECT_EQ(send(1, 1).front().receipt, Receipt::sent);
  EXPECT_EQ(line_->room().messages, 0U);
  EXPECT_EQ(send(1, 1).front().receipt, Receipt::failed_for_now);
  clock_.advance(line_->room().again - clock_.now());
  EXPECT_EQ(send(1, 2).front().receipt, Receipt::sent);
  EXPECT_EQ(messenger_.taken(), 2U);
  const auto arrivals = messenger_.take_arrivals();
  ASSERT_EQ(arrivals.size(), 2U);
  EXPECT_EQ(arrivals[0].person, 1U);
  EXPECT_EQ(arrivals[1].person, 2U);
  EXPECT_TRUE(messenger_.take_arrivals().empty());
}

TEST_F(Providers, CarryWordsBackOnceTheyAreUp) {
  const auto id = seal::random_message_id(random_);
  messenger_.say(1, id, "Y 20");
  messenger_.receipt(id, Receipt::delivered);
  clock_.advance(Minutes{10});
  EXPECT_FALSE(line_->collect({}).has_any()) << "it is down";
  EXPECT_EQ(send(2, 0).back().receipt, Receipt::failed_for_now);
  EXPECT_TRUE(messenger_.take_arrivals().empty());
  clock_.advance(Minutes{10});
  for (int again = 0; again < 2; ++again) {  // until it is acknowledged
    const channel::Collected news = line_->collect({});
    ASSERT_EQ(news.said.size(), 1U);
    EXPECT_EQ(news.said.front().words, "Y 20");
    EXPECT_EQ(news.said.front().from, people_.staff.roster[1].contacts.front().address);
    ASSERT_EQ(news.deliveries.size(), 1U);
    EXPECT_EQ(news.deliveries.front().receipt, Receipt::delivered);
  }
  line_->acknowledge(line_->collect({}).cursor);
  EXPECT_FALSE(line_->collect({}).has_any());
}

TEST_F(Providers, ARelayThatIsDownKeepsWhatItHas) {
  MemoryPost post{std::vector<seal::PublicIdentity>(1)};
  const WorldChannel down{contact::ChannelId{"relay"}, 1, 1, 0, {{Minutes{0}, Minutes{5}}}};
  WorldRelay relay{post, &down, settings_.at, clock_};
  std::vector<channel::SealedMessage> batch(1);
  batch.front().address = seal::to_text(seal::PublicIdentity{}.id());
  EXPECT_EQ(relay.send(batch).front().receipt, Receipt::failed_for_now);
  post.send(0, {}, {incident::Answer::no, {}});
  EXPECT_FALSE(relay.collect({}).has_any());
  clock_.advance(Minutes{5});
  EXPECT_EQ(relay.send(batch).front().receipt, Receipt::sent);
  EXPECT_TRUE(relay.collect({}).has_any());
}

}  // namespace
}  // namespace tocsin::drill
