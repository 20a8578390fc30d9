// The channel ntfy against a simulator of a server that checks who may read and write, holds its
// limit and fails as it is told.
#include "channel/ntfy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "provider/as_driver.h"
#include "seal/entropy.h"

namespace tocsin::provider {
namespace {

using namespace std::chrono_literals;
using channel::Collected;
using channel::NtfyChannel;
using channel::NtfyLimits;
using channel::Receipt;
using channel::Said;
using nlohmann::json;

const std::string kToken = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2";
using Nudge = channel::Outgoing<playbook::Nudge>;

class NtfyProvider : public testing::Test {
 protected:
  void start(std::vector<std::string> options = {}, NtfyLimits limits = NtfyLimits::usual) {
    options.insert(options.begin(), {"ntfy", "--token", kToken});
    provider_ = std::make_unique<ProviderProcess>(options);
    limits_ = limits;
    channel_ = channel();
  }
  std::unique_ptr<NtfyChannel> channel(channel::Listen listen = channel::Listen::when_asked,
                                       const std::string& token = kToken) {
    return std::make_unique<NtfyChannel>(
        seal::SecretText{token},
        channel::NtfySettings{provider_->origin(), "replies", "https://relay.example", limits_},
        clock_, listen);
  }
  Nudge nudge(const std::string& topic = "ana-7f3Kq") {
    Nudge one{seal::random_message_id(entropy_), topic,
              playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                              playbook::Meaning::come},
              clock_.now() + 6h, channel::Urgency::high};
    one.asks = true;
    return one;
  }
  Receipt send(const Nudge& one) { return channel_->send({&one, 1}).at(0).receipt; }
  Receipts send_all(std::vector<Nudge> batch) {
    return send_until_done(*channel_, *provider_, clock_, std::move(batch));
  }
  std::vector<Nudge> many(std::size_t count) {
    std::vector<Nudge> batch(count, nudge());
    for (Nudge& one : batch) one.id = seal::random_message_id(entropy_);
    return batch;
  }
  Collected collect() { return take_in(*channel_); }
  Collected collect_later(base::Milliseconds later = 5min) {
    provider_->advance(clock_, later);
    return collect();
  }
  static std::string words(const Collected& collected) {
    std::string all;
    for (const Said& said : collected.said) all += said.from + ":" + said.words + " ";
    return all;
  }
  void taps(int message, int action) {
    const json seen =
        provider_->control({{"tap", json::array({{{"message", message}, {"action", action}}})}});
    EXPECT_EQ(seen.at("taps").back(), 200);
  }
  void fails(json fault) { provider_->control({{"faults", json::array({std::move(fault)})}}); }
  json messages() { return provider_->control().at("messages"); }

  seal::Entropy entropy_;
  ForwardClock clock_;
  NtfyLimits limits_ = NtfyLimits::usual;
  std::unique_ptr<ProviderProcess> provider_;
  std::unique_ptr<NtfyChannel> channel_;
};

TEST_F(NtfyProvider, TakesANudgeAndNothingElse) {
  start();
  EXPECT_EQ(send(nudge()), Receipt::sent);
  const json seen = messages().at(0);
  EXPECT_EQ(seen.at("topic"), "ana-7f3Kq");
  EXPECT_EQ(seen.at("message"), "Incident message: open https://relay.example");
  EXPECT_EQ(seen.at("click"), "https://relay.example");
  EXPECT_EQ(seen.at("priority"), 5);
  EXPECT_EQ(seen.at("actions").size(), 3U);
}

TEST_F(NtfyProvider, HearsATapOfATelephoneThatMayOnlyWrite) {
  start();
  const Nudge one = nudge();
  const Nudge other = nudge("bo-55");
  send(one);
  send(other);
  taps(0, 0);
  taps(1, 2);
  provider_->control({{"twice", true}});
  const Collected heard = collect();
  EXPECT_EQ(words(heard), "ana-7f3Kq:Y ana-7f3Kq:Y bo-55:N bo-55:N ");
  EXPECT_EQ(heard.said[0].id, heard.said[1].id);
  EXPECT_EQ(heard.said[0].about, one.id);
  EXPECT_EQ(heard.said[2].about, other.id);
  EXPECT_EQ(words(collect_later()), "");
  taps(0, 1);
  provider_->control({{"twice", false}});
  EXPECT_EQ(words(collect_later()), "ana-7f3Kq:LR ");
  // A restart gives the same, under the same ids.
  channel_ = channel();
  EXPECT_EQ(collect().said.front().id, heard.said.front().id);
}

TEST_F(NtfyProvider, BelievesNoStranger) {
  start();
  provider_->control(
      {{"write", json::array({{{"topic", "replies"}, {"message", "Y 20"}},
                              {{"topic", "replies"}, {"message", "\u202e"}},
                              {{"topic", "replies"}, {"message", "N ana-7f3Kq"}}})}});
  EXPECT_FALSE(collect().has_any());
  EXPECT_EQ(channel_->trouble(), "");
}

TEST_F(NtfyProvider, BelievesNobodyWhileEverybodyCanReadTheReplies) {
  start();
  send(nudge());
  taps(0, 0);
  provider_->control({{"open", true}});
  EXPECT_FALSE(collect().has_any());
  EXPECT_NE(channel_->trouble().find("everybody can read"), std::string::npos);
  provider_->control({{"open", false}});
  EXPECT_EQ(words(collect_later()), "ana-7f3Kq:Y ");
  EXPECT_EQ(channel_->trouble(), "");
}

// 60 at once and one every 5 s, and the channel reads meanwhile.
TEST_F(NtfyProvider, IsNeverAskedForMoreThanItsLimit) {
  start();
  std::vector<Nudge> batch = many(60);
  const base::Instant begun = clock_.now();
  while (!batch.empty()) {
    const std::size_t count = std::min(channel_->room().messages, batch.size());
    for (const channel::Delivery& delivery : channel_->send({batch.data(), count}))
      ASSERT_EQ(delivery.receipt, Receipt::sent);
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
    collect_later(7'500ms);
  }
  EXPECT_EQ(provider_->control().at("refused").value("42901", 0), 0);
  EXPECT_EQ(messages().size(), 60U);
  EXPECT_LE(clock_.now() - begun, 4min);
}

TEST_F(NtfyProvider, IsAskedMoreWhereItHasNoLimits) {
  start({"--exempt"}, NtfyLimits::none);
  const base::Instant begun = clock_.now();
  for (const auto& [id, receipt] : send_all(many(200))) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(messages().size(), 200U);
  EXPECT_LE(clock_.now() - begun, 30s);
}

// Settings that promise what the server does not keep.
TEST_F(NtfyProvider, IsAskedLessWhenItIsBusyAndNobodyGetsTwo) {
  start({}, NtfyLimits::none);
  for (const auto& [id, receipt] : send_all(many(80))) EXPECT_EQ(receipt, Receipt::sent);
  EXPECT_EQ(messages().size(), 80U);
  EXPECT_GT(provider_->control().at("refused").value("42901", 0), 0);
}

TEST_F(NtfyProvider, HasALimitForTheDay) {
  start();
  provider_->control({{"day", 3}});
  const auto deliveries = channel_->send(many(8));
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::sent, &channel::Delivery::receipt), 3);
  EXPECT_EQ(std::ranges::count(deliveries, Receipt::failed_for_good, &channel::Delivery::receipt),
            5);
  const json before = provider_->control().at("requests");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_good);
  EXPECT_EQ(provider_->control().at("requests"), before);
}

TEST_F(NtfyProvider, SaysWhoCannotBeWrittenTo) {
  start();
  provider_->control({{"forbid", {"bo-55"}}});
  EXPECT_EQ(send(nudge("bo-55")), Receipt::failed_for_good);
  EXPECT_EQ(send(nudge("a/b")), Receipt::failed_for_good);
  EXPECT_TRUE(messages().empty());
}

TEST_F(NtfyProvider, RefusesAForeignToken) {
  start();
  channel_ = channel(channel::Listen::when_asked, "tk_AAAAAAmVBoFD37zQVN29RhuMzNIz2");
  EXPECT_EQ(send(nudge()), Receipt::failed_for_now);
  collect();
  EXPECT_NE(channel_->trouble().find("refuses the token"), std::string::npos);
}

TEST_F(NtfyProvider, FailsInEveryWayAndNobodyIsForgotten) {
  start();
  fails({{"kind", "reset"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "lost"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);  // the server has it
  fails({{"kind", "cut"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "status"}, {"status", 500}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "garbage"}, {"body", "<html>"}});
  EXPECT_EQ(send(nudge()), Receipt::unknown);
  fails({{"kind", "slow"}, {"seconds", 0.2}});
  EXPECT_EQ(send(nudge()), Receipt::sent);
  EXPECT_EQ(messages().size(), 3U);
}

TEST_F(NtfyProvider, LosesNoAnswerWhenReadingFails) {
  start();
  send(nudge());
  collect();
  for (const char* kind : {"cut", "garbage", "status"}) {
    taps(0, 0);
    fails({{"kind", kind}, {"path", "/replies/json"}, {"status", 502}, {"body", "<html>"}});
    EXPECT_EQ(words(collect_later()), "") << kind;
    EXPECT_NE(channel_->trouble(), "") << kind;
    EXPECT_EQ(words(collect_later()), "ana-7f3Kq:Y ") << kind;
  }
}

TEST_F(NtfyProvider, IsHeardInTheBackground) {
  start();
  send(nudge());
  taps(0, 2);
  channel_ = channel(channel::Listen::background);
  EXPECT_EQ(words(channel_->collect(30s)), "ana-7f3Kq:N ");
}

// The end does not wait for an answer that never comes.
TEST_F(NtfyProvider, IsLeftWhileItHangs) {
  start();
  fails({{"kind", "hang"}, {"path", "/replies/json"}});
  channel_ = channel(channel::Listen::background);
  while (provider_->control().at("requests").empty()) continue;
  channel_.reset();
}

}  // namespace
}  // namespace tocsin::provider
